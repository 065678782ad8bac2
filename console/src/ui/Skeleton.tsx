import { cn } from '@/lib/cn';

/** Grey lines in the place of a list that is on its way. */
export function SkeletonLines({ count = 5, className }: { count?: number; className?: string }) {
  return (
    <div className={cn('space-y-3 p-4', className)} role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="skeleton h-3" style={{ width: `${50 + ((index * 17) % 45)}%` }} />
      ))}
    </div>
  );
}
