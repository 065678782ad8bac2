import { cn } from '@/lib/cn';
import { fieldStyle } from '@/ui/fieldStyle';
import { ariaOf, textOf, type ControlProps } from './types';

export function TextAreaControl(props: ControlProps) {
  const { id, field, value, onChange } = props;
  return (
    <textarea
      id={id}
      name={field.name}
      rows={4}
      value={textOf(value)}
      onChange={(event) => onChange(event.target.value)}
      className={cn(fieldStyle, 'h-auto resize-y py-1.5 leading-5')}
      {...ariaOf(props)}
    />
  );
}
