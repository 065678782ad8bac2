import type { Column, ColumnKind } from '@/api/types/records';
import { displayName } from '@/form/displayName';
import { date, decimal, money, words } from '@/lib/format';
import { Badge, Icon, Time, toneOf } from '@/ui';

const numeric: ColumnKind[] = ['number', 'money', 'decimal'];

export const isNumeric = (kind: ColumnKind) => numeric.includes(kind);

/** A value in a table, by its column's kind. */
export function Cell({ column, value }: { column: Column; value: unknown }) {
  if (value === null || value === undefined || value === '') return <span className="text-text-3">—</span>;
  switch (column.kind) {
    case 'number':
    case 'decimal':
      return <span className="num">{decimal(value)}</span>;
    case 'money':
      return <span className="num">{money(value, column.currency)}</span>;
    case 'status':
      return (
        <Badge tone={toneOf(column.tones?.[String(value)])} dot>
          {statusLabel(String(value))}
        </Badge>
      );
    case 'reference':
      return typeof value === 'object'
        ? displayName(value as Record<string, unknown>, column.reference?.display ?? [])
        : `#${String(value)}`;
    case 'date':
      return <span className="num">{date(String(value))}</span>;
    case 'time':
      return Number.isNaN(Date.parse(String(value))) ? String(value) : <Time at={String(value)} />;
    case 'bool':
      return value === true ? <Yes /> : <span className="text-text-3">No</span>;
    case 'json':
      return <span className="font-mono text-xs text-text-2">{JSON.stringify(value)}</span>;
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

/** `AT_RISK` reads "At risk"; anything already written for people stays as it is. */
const statusLabel = (value: string) => (/^[A-Z0-9_]+$/.test(value) ? words(value.toLowerCase()) : value);

function Yes() {
  return (
    <span className="inline-flex items-center gap-1">
      <Icon name="check" className="size-3.5 text-ok-text" />
      Yes
    </span>
  );
}
