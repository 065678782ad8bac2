import { cn } from '@/lib/cn';
import { fieldStyle } from '@/ui/fieldStyle';
import { ariaOf, textOf, type ControlProps } from './types';

/** A number is kept as the text that was typed, so that "1.10" stays what it is. */
export function NumberControl(props: ControlProps) {
  const { id, field, value, onChange } = props;
  return (
    <div className="relative">
      <input
        id={id}
        name={field.name}
        inputMode={field.type === 'integer' ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={textOf(value)}
        onChange={(event) => onChange(event.target.value.trim().replace(',', '.'))}
        className={cn(fieldStyle, 'num', field.currency && 'pr-12')}
        {...ariaOf(props)}
      />
      {field.currency && (
        <span className="pointer-events-none absolute inset-y-0 right-2.5 grid place-items-center text-xs text-text-3">
          {field.currency}
        </span>
      )}
    </div>
  );
}
