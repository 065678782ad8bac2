import type { Column } from '@/api/types/records';
import { cn } from '@/lib/cn';
import { Icon } from '@/ui';
import { isNumeric } from './Cell';
import { directionOf, nextOrder } from './order';

interface TableHeadProps {
  columns: Column[];
  order: string | undefined;
  onSort: (order: string | undefined) => void;
}

export function TableHead({ columns, order, onSort }: TableHeadProps) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <HeadCell key={column.key} column={column} order={order} onSort={onSort} />
        ))}
      </tr>
    </thead>
  );
}

interface HeadCellProps extends Omit<TableHeadProps, 'columns'> {
  column: Column;
}

function HeadCell({ column, order, onSort }: HeadCellProps) {
  const direction = directionOf(order, column.key);
  const numeric = isNumeric(column.kind);
  const arrow = direction === 'desc' ? 'arrow-down' : direction === 'asc' ? 'arrow-up' : 'arrow-up-down';
  return (
    <th
      scope="col"
      aria-sort={direction && (direction === 'asc' ? 'ascending' : 'descending')}
      className="sticky top-0 z-10 h-9 border-b bg-surface px-3 text-left text-xs font-medium
        whitespace-nowrap text-text-3"
    >
      {column.sortable ? (
        <button
          type="button"
          onClick={() => onSort(nextOrder(order, column.key))}
          className={cn(
            'group -mx-1 flex w-full items-center gap-1 rounded-sm px-1 hover:text-text',
            numeric && 'flex-row-reverse',
            direction && 'text-text',
          )}
        >
          {column.label}
          <Icon
            name={arrow}
            className={cn('size-3', !direction && 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60')}
          />
        </button>
      ) : (
        <span className={cn('block', numeric && 'text-right')}>{column.label}</span>
      )}
    </th>
  );
}
