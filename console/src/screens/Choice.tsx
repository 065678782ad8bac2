import { cn } from '@/lib/cn';

interface ChoiceProps {
  label: string;
  options: { value: string | undefined; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A few exclusive options side by side. */
export function Choice({ label, options, value, onChange }: ChoiceProps) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1">
      {options.map((option) => (
        <button
          key={option.label}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(
            'h-7 rounded-md px-2 text-text-2 hover:bg-fill',
            option.value === value && 'bg-fill-2 font-medium text-text hover:bg-fill-2',
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
