import type { Field } from '@/api/types/records';

/** What every control of a form gets. `id` is the one its label points to. */
export interface ControlProps {
  id: string;
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  invalid: boolean;
  describedBy: string | undefined;
}

/** The attributes that tell assistive technology about a control's state. */
export const ariaOf = ({ field, invalid, describedBy }: ControlProps) => ({
  'aria-invalid': invalid || undefined,
  'aria-required': field.required || undefined,
  'aria-describedby': describedBy,
});

export const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
