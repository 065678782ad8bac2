import { cn } from '@/lib/cn';
import { fieldStyle } from '@/ui/fieldStyle';
import { ariaOf, textOf, type ControlProps } from './types';

export function DateControl(props: ControlProps) {
  const { id, field, value, onChange } = props;
  return (
    <input
      id={id}
      name={field.name}
      type="date"
      value={textOf(value).slice(0, 10)}
      onChange={(event) => onChange(event.target.value)}
      className={cn(fieldStyle, 'num')}
      {...ariaOf(props)}
    />
  );
}
