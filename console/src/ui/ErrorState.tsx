import { explain } from '@/api/ApiError';
import { Button } from './Button';
import { EmptyState } from './EmptyState';
import { Icon } from './Icon';

/** A failed read in place of what could not be shown. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, detail, executionId } = explain(error);
  const retry = onRetry && (
    <Button onClick={onRetry}>
      <Icon name="refresh-cw" />
      Try again
    </Button>
  );
  return (
    <div role="alert">
      <EmptyState icon="alert-triangle" title={title} action={retry}>
        {detail}
        {executionId && <p className="mt-1 font-mono text-2xs">{executionId}</p>}
      </EmptyState>
    </div>
  );
}
