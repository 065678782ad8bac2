import { useId, type ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import { fieldStyle } from '@/ui/fieldStyle';

interface LoginFieldProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  label: string;
  onChange: (value: string) => void;
}

export function LoginField({ label, onChange, ...rest }: LoginFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <input
        id={id}
        required
        spellCheck={false}
        autoCapitalize="none"
        onChange={(event) => onChange(event.target.value)}
        className={cn(fieldStyle, 'h-10 text-base')}
        {...rest}
      />
    </div>
  );
}
