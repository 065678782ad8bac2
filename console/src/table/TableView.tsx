import { useRef } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { RecordPage } from '@/api/records';
import type { TableSpec } from '@/api/types/records';
import { cn } from '@/lib/cn';
import { Button, EmptyState, ErrorState } from '@/ui';
import { SkeletonRows } from './SkeletonRows';
import { TableHead } from './TableHead';
import { TableRow } from './TableRow';
import { useRowKeys } from './useRowKeys';
import type { TableSearch, useTableSearch } from './useTableSearch';

interface TableViewProps extends Pick<ReturnType<typeof useTableSearch>, 'set' | 'opening'> {
  spec: TableSpec;
  query: UseQueryResult<RecordPage>;
  state: TableSearch;
}

export function TableView({ spec, query, state, set, opening }: TableViewProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  if (query.isError) {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  const rows = query.data?.rows;
  return (
    <div
      tabIndex={-1}
      aria-busy={query.isFetching}
      className={cn('min-h-0 flex-1 overflow-auto transition-opacity', query.isPlaceholderData && 'opacity-60')}
    >
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{spec.plural}</caption>
        <TableHead
          columns={spec.columns}
          order={state.sort ?? spec.order}
          onSort={(sort) => void set({ sort, page: undefined })}
        />
        <tbody ref={body}>
          {rows?.map((row) => (
            <TableRow
              key={row.id}
              row={row}
              spec={spec}
              open={state.open === String(row.id)}
              opening={opening}
              onOpen={() => void set({ open: String(row.id) })}
            />
          ))}
          {query.isPending && <SkeletonRows columns={spec.columns.length} />}
        </tbody>
      </table>
      {rows?.length === 0 && <NoRows spec={spec} state={state} set={set} />}
    </div>
  );
}

function NoRows({ spec, state, set }: Pick<TableViewProps, 'spec' | 'state' | 'set'>) {
  if (state.page > 1) {
    const action = <Button onClick={() => void set({ page: undefined })}>Back to the first page</Button>;
    return <EmptyState icon="table" title="This page is past the end" action={action} />;
  }
  if (state.q) {
    const action = <Button onClick={() => void set({ q: undefined, page: undefined })}>Clear the search</Button>;
    return <EmptyState icon="search" title={`No ${spec.plural} match “${state.q}”`} action={action} />;
  }
  const action = spec.can.create && spec.form && (
    <Button variant="primary" onClick={() => void set({ open: 'new' })}>
      New {spec.singular}
    </Button>
  );
  return (
    <EmptyState icon="table" title={`No ${spec.plural} yet`} action={action}>
      {spec.can.create ? 'The first one starts the list.' : 'Nothing is here that you may see.'}
    </EmptyState>
  );
}
