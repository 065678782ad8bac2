import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Icon, Kbd } from '@/ui';
import { backdropStyle } from '@/ui/Dialog';
import { useCommands, type Command, type CommandGroup } from './useCommands';

/** One box for every place and every act. Opens with ⌘K. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const groups = useCommands();
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropStyle} />
        <Dialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center px-3 pt-[12vh]">
          <Dialog.Popup
            aria-label="Command palette"
            className="flex max-h-[min(31rem,76dvh)] w-full max-w-[600px] flex-col overflow-hidden rounded-2xl
              bg-raised shadow-pop"
          >
            <Autocomplete.Root
              open
              inline
              items={groups}
              autoHighlight="always"
              keepHighlight
              itemToStringValue={(item: unknown) => (item as Command).label}
            >
              <SearchLine />
              <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 [scroll-padding-block:8px]">
                <Autocomplete.Empty>
                  <div className="px-3 py-8 text-center text-text-3">Nothing matches. Try the name of a page.</div>
                </Autocomplete.Empty>
                <Autocomplete.List>
                  {(group: CommandGroup) => <Group key={group.value} group={group} onRun={run} />}
                </Autocomplete.List>
              </div>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SearchLine() {
  return (
    <div className="flex h-12 shrink-0 items-center gap-3 border-b px-4">
      <Icon name="search" className="size-[18px] text-text-3" />
      <Autocomplete.Input
        aria-label="Search commands"
        placeholder="Go to a page, or do something"
        className="h-12 w-full bg-transparent text-[15px] outline-none"
      />
      <Dialog.Close aria-label="Close" className="rounded-sm">
        <Kbd>esc</Kbd>
      </Dialog.Close>
    </div>
  );
}

function Group({ group, onRun }: { group: CommandGroup; onRun: (command: Command) => void }) {
  return (
    <Autocomplete.Group items={group.items} className="pb-1.5">
      <Autocomplete.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-text-3">
        {group.value}
      </Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(command: Command) => (
          <Autocomplete.Item
            key={command.value}
            value={command}
            onClick={() => onRun(command)}
            className="flex h-9 items-center gap-3 rounded-lg px-2.5 outline-none select-none
              data-highlighted:bg-accent-soft data-highlighted:text-accent-text"
          >
            <Icon name={command.icon} className="text-text-3 in-data-highlighted:text-accent-text" />
            <span className="truncate text-base">{command.label}</span>
            <span className="ml-auto flex gap-1" aria-hidden>
              {command.keys?.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  );
}
