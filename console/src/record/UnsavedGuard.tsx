import { useBlocker } from '@tanstack/react-router';
import { Button, Dialog } from '@/ui';

const openOf = (location: { search: unknown }) => (location.search as Record<string, string | undefined>)['open'];

/** Asks before changes are lost: on leaving the page, closing the record, or closing the tab. */
export function UnsavedGuard({ dirty }: { dirty: boolean }) {
  const blocker = useBlocker({
    // Searching, sorting and paging the list beside the record lose nothing.
    shouldBlockFn: ({ current, next }) =>
      dirty && (current.pathname !== next.pathname || openOf(current) !== openOf(next)),
    enableBeforeUnload: dirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      open
      onClose={blocker.reset}
      title="Discard your changes?"
      description="They have not been saved."
      footer={
        <>
          <Button onClick={blocker.reset}>Keep editing</Button>
          <Button variant="danger" onClick={blocker.proceed}>
            Discard changes
          </Button>
        </>
      }
    />
  );
}
