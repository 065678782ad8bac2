import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '@/ui';

/** In place of a screen that could not be shown at all. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="grid min-h-64 flex-1 place-items-center">
      <ErrorState error={error} onRetry={retry} />
    </main>
  );
}
