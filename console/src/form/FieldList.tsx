import type { Field } from '@/api/types/records';
import { FieldRow } from './FieldRow';
import type { Values } from './useChanges';
import type { Faults } from './validate';

interface FieldListProps {
  fields: Field[];
  values: Values;
  faults: Faults;
  onChange: (name: string, value: unknown) => void;
}

export function FieldList({ fields, values, faults, onChange }: FieldListProps) {
  return (
    <div className="grid gap-4">
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          value={values[field.name]}
          fault={faults[field.name]}
          onChange={(value) => onChange(field.name, value)}
        />
      ))}
    </div>
  );
}
