import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import type { Field, FieldReference } from '@/api/types/records';
import { date, dateTime, decimal, money } from '@/lib/format';
import { Json } from '@/ui';
import { displayName } from './displayName';

/** A field's value, to be read. */
export function FieldValue({ field, value }: { field: Field; value: unknown }) {
  if (value === null || value === undefined || value === '') return <span className="text-text-3">—</span>;
  switch (field.type) {
    case 'reference':
      return field.reference ? <ReferenceName reference={field.reference} id={String(value)} /> : String(value);
    case 'boolean':
      return value === true || value === 'true' ? 'Yes' : 'No';
    case 'date':
      return <span className="num">{date(String(value))}</span>;
    case 'time':
      return <span className="num">{moment(String(value))}</span>;
    case 'money':
      return <span className="num">{money(value, field.currency)}</span>;
    case 'integer':
    case 'decimal':
      return <span className="num">{decimal(value)}</span>;
    case 'select':
      return field.options?.find((option) => option.value === value)?.label ?? String(value);
    case 'json':
      return <Json value={value} label={field.label} />;
    case 'email':
      return (
        <a href={`mailto:${String(value)}`} className="text-accent-text hover:underline">
          {String(value)}
        </a>
      );
    default:
      return <span className="whitespace-pre-wrap">{String(value)}</span>;
  }
}

function moment(value: string): string {
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : dateTime(time);
}

/** The name of the record a reference points to; its id while the name is on its way or is not ours to read. */
function ReferenceName({ reference, id }: { reference: FieldReference; id: string }) {
  const { data } = useQuery({ ...queries.record(reference.src, id), staleTime: 60_000 });
  return <span>{data ? displayName(data, reference.display) : `#${id}`}</span>;
}
