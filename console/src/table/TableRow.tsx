import type { MouseEvent } from 'react';
import { Link } from '@tanstack/react-router';
import type { RecordRow, TableSpec } from '@/api/types/records';
import { cn } from '@/lib/cn';
import { Cell, isNumeric } from './Cell';
import type { useTableSearch } from './useTableSearch';

interface TableRowProps {
  row: RecordRow;
  spec: TableSpec;
  open: boolean;
  opening: ReturnType<typeof useTableSearch>['opening'];
  onOpen: () => void;
}

/** A row opens its record. The first cell is a real link, for the keyboard and for a new tab. */
export function TableRow({ row, spec, open, opening, onOpen }: TableRowProps) {
  const click = (event: MouseEvent) => {
    const onControl = (event.target as HTMLElement).closest('a,button') !== null;
    const selecting = (getSelection()?.toString() ?? '') !== '';
    if (!onControl && !selecting) onOpen();
  };
  return (
    <tr onClick={click} className={cn('group hover:bg-fill', open && 'bg-accent-soft hover:bg-accent-soft')}>
      {spec.columns.map((column, index) => {
        const content = <Cell column={column} value={row[column.key]} />;
        return (
          <td
            key={column.key}
            className={cn(
              'h-(--row) max-w-72 truncate border-b border-line/70 px-3 group-has-focus-visible:bg-fill',
              isNumeric(column.kind) && 'text-right',
              index === 0 && 'font-medium',
            )}
          >
            {index === 0 ? (
              <Link
                to="."
                search={opening(String(row.id)) as never}
                aria-current={open ? 'true' : undefined}
                className="rounded-sm"
              >
                {content}
              </Link>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}
