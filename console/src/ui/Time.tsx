import { dateTime, relative } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { cn } from '@/lib/cn';

const RENEW_MS = 30_000;

/** A moment: relative, and exact on hover and for assistive technology. */
export function Time({ at, className }: { at: string | null | undefined; className?: string }) {
  const now = useNow(RENEW_MS);
  const time = at ? Date.parse(at) : NaN;
  if (Number.isNaN(time)) return <span className={className}>—</span>;
  return (
    <time
      dateTime={new Date(time).toISOString()}
      title={dateTime(time)}
      className={cn('num whitespace-nowrap', className)}
    >
      {relative(time, now)}
    </time>
  );
}
