import { Select } from '@base-ui/react/select';
import { Icon } from '@/ui';
import { fieldStyle, optionStyle, popupStyle } from '@/ui/fieldStyle';
import { ariaOf, type ControlProps } from './types';

export function SelectControl(props: ControlProps) {
  const { id, field, value, onChange } = props;
  const none = field.required ? [] : [{ value: null, label: 'None' }];
  const options = [...none, ...(field.options ?? [])];
  return (
    <Select.Root items={options} value={(value as string | null) ?? null} onValueChange={onChange}>
      <Select.Trigger id={id} className={fieldStyle} {...ariaOf(props)}>
        <Select.Value className="flex-1 truncate text-left" placeholder="Choose" />
        <Icon name="chevron-down" className="size-3.5 text-text-3" />
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Select.Popup className={popupStyle}>
            {options.map((option) => (
              <Select.Item key={option.value ?? ''} value={option.value} className={optionStyle}>
                <Select.ItemText className="flex-1">{option.label}</Select.ItemText>
                <Select.ItemIndicator>
                  <Icon name="check" className="size-3.5" />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
