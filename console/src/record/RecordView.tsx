import type { Field, RecordRow, TableSpec } from '@/api/types/records';
import { FieldValue } from '@/form/FieldValue';
import { Cell } from '@/table/Cell';
import { Time, Values } from '@/ui';

/** The record, to be read: its fields, and who made and last changed it. */
export function RecordView({ spec, record }: { spec: TableSpec; record: RecordRow }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4" tabIndex={0} role="group" aria-label="Details">
      {spec.form ? (
        <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 gap-y-3">
          {spec.form.fields.map((field) => (
            <div key={field.name} className="contents">
              <dt className="text-text-3">{field.label}</dt>
              <dd className="min-w-0 break-words">
                <Value spec={spec} field={field} value={record[field.name]} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <Values of={record} caption={spec.singular} />
      )}
      <Stamps record={record} />
    </div>
  );
}

/** A status looks the same here as in the list. */
function Value({ spec, field, value }: { spec: TableSpec; field: Field; value: unknown }) {
  const column = spec.columns.find((candidate) => candidate.key === field.name && candidate.kind === 'status');
  return column ? <Cell column={column} value={value} /> : <FieldValue field={field} value={value} />;
}

function Stamps({ record }: { record: RecordRow }) {
  const made = record['created_at'];
  const changed = record['updated_at'];
  return (
    <ul className="mt-6 space-y-1 border-t pt-3 text-xs text-text-3">
      {typeof made === 'string' && <Stamp word="Created" at={made} by={record['created_by']} />}
      {typeof changed === 'string' && <Stamp word="Updated" at={changed} by={record['updated_by']} />}
      <li className="num">Version {record.version}</li>
    </ul>
  );
}

function Stamp({ word, at, by }: { word: string; at: string; by: unknown }) {
  return (
    <li>
      {word} <Time at={at} />
      {typeof by === 'string' && by !== '' && ` by ${by}`}
    </li>
  );
}
