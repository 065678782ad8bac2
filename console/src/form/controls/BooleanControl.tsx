import { Switch } from '@base-ui/react/switch';
import { ariaOf, type ControlProps } from './types';

export function BooleanControl(props: ControlProps) {
  const { id, value, onChange } = props;
  return (
    <Switch.Root
      id={id}
      checked={value === true}
      onCheckedChange={onChange}
      className="h-5 w-9 shrink-0 rounded-full bg-fill-2 p-0.5 ring-1 ring-line-strong/60 transition-colors ring-inset
        data-checked:bg-accent data-checked:ring-transparent"
      {...ariaOf(props)}
    >
      <Switch.Thumb className="block size-4 rounded-full bg-white shadow transition data-checked:translate-x-4" />
    </Switch.Root>
  );
}
