import { useId } from 'react';
import type { Field } from '@/api/types/records';
import { Icon } from '@/ui';
import { controlOf } from './controls';
import { FieldValue } from './FieldValue';

interface FieldRowProps {
  field: Field;
  value: unknown;
  fault: string | undefined;
  onChange: (value: unknown) => void;
}

/** A field with its label, its help, and what is wrong with it. */
export function FieldRow({ field, value, fault, onChange }: FieldRowProps) {
  const id = useId();
  if (field.readonly) return <ReadonlyRow field={field} value={value} />;
  const Control = controlOf(field.type);
  const describedBy = fault ? `${id}-fault` : field.help ? `${id}-help` : undefined;
  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex items-baseline gap-1">
        <label htmlFor={id} className="font-medium">
          {field.label}
        </label>
        {field.required && (
          <span className="text-bad-text" aria-hidden>
            *
          </span>
        )}
      </div>
      <Control
        id={id}
        field={field}
        value={value}
        onChange={onChange}
        invalid={fault !== undefined}
        describedBy={describedBy}
      />
      {fault ? (
        <p id={`${id}-fault`} role="alert" className="mt-1 flex items-start gap-1 text-xs text-bad-text">
          <Icon name="alert-triangle" className="mt-0.5 size-3" />
          {fault}
        </p>
      ) : (
        field.help && (
          <p id={`${id}-help`} className="mt-1 text-xs text-text-3">
            {field.help}
          </p>
        )
      )}
    </div>
  );
}

function ReadonlyRow({ field, value }: { field: Field; value: unknown }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 flex items-center gap-1.5 font-medium">
        {field.label}
        <Icon name="lock" className="size-3 text-text-3" />
        <span className="sr-only">(read only)</span>
      </p>
      <div className="min-h-5 text-text-2">
        <FieldValue field={field} value={value} />
      </div>
    </div>
  );
}
