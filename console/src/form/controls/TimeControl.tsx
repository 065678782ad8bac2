import { cn } from '@/lib/cn';
import { fieldStyle } from '@/ui/fieldStyle';
import { ariaOf, textOf, type ControlProps } from './types';

/** A moment: shown in the user's time zone, sent in UTC. */
export function TimeControl(props: ControlProps) {
  const { id, field, value, onChange } = props;
  return (
    <input
      id={id}
      name={field.name}
      type="datetime-local"
      value={toLocal(textOf(value))}
      onChange={(event) => onChange(toUtc(event.target.value))}
      className={cn(fieldStyle, 'num')}
      {...ariaOf(props)}
    />
  );
}

function toLocal(value: string): string {
  const time = Date.parse(value);
  if (Number.isNaN(time)) return '';
  const shifted = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

function toUtc(local: string): string | null {
  const time = Date.parse(local);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
