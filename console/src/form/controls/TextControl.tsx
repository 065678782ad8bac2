import { fieldStyle } from '@/ui/fieldStyle';
import { ariaOf, textOf, type ControlProps } from './types';

/** Text, and an email address. */
export function TextControl(props: ControlProps) {
  const { id, field, value, onChange } = props;
  return (
    <input
      id={id}
      name={field.name}
      type={field.type === 'email' ? 'email' : 'text'}
      autoComplete="off"
      value={textOf(value)}
      onChange={(event) => onChange(event.target.value)}
      className={fieldStyle}
      {...ariaOf(props)}
    />
  );
}
