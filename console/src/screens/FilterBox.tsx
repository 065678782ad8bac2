import { cn } from '@/lib/cn';
import { Icon } from '@/ui';

interface FilterBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

/** Narrows down a list that is here already. */
export function FilterBox({ label, value, onChange, className }: FilterBoxProps) {
  return (
    <div
      className={cn(
        'flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2 focus-within:border-accent',
        className,
      )}
    >
      <Icon name="search" className="size-3.5 text-text-3" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-w-0 flex-1 bg-transparent outline-none"
      />
    </div>
  );
}
