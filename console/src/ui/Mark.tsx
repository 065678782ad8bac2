import { cn } from '@/lib/cn';

/** The platform's mark. Its colour is its own, whatever app is open. */
export function Mark({ className }: { className?: string }) {
  const shape = 'grid size-5 place-items-center rounded-[6px] bg-[oklch(0.53_0.19_277)] text-white';
  return (
    <span className={cn(shape, className)} aria-hidden>
      <svg
        viewBox="0 0 16 16"
        className="size-3/5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M3.5 11.5 8 4l4.5 7.5" />
      </svg>
    </span>
  );
}
