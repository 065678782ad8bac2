import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/ApiError';

const passing = [0, 502, 503, 504];

/** Tries again once, and only where a second try can help. */
function retry(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ApiError && passing.includes(error.status);
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry, retryDelay: 800, refetchOnWindowFocus: true, staleTime: 2_000 } },
});
