import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import { selectOf } from '@/api/recordQuery';
import type { TableSpec } from '@/api/types/records';
import { RecordDrawer } from '@/record/RecordDrawer';
import { Pager } from './Pager';
import { TableView } from './TableView';
import { Toolbar } from './Toolbar';
import { useTableSearch } from './useTableSearch';

/** A window onto the server's records: search, order, pages, and the open record beside it. */
export function DataTable({ spec, scope }: { spec: TableSpec; scope: string }) {
  const { state, set, opening } = useTableSearch(scope);
  const offset = (state.page - 1) * spec.page_size;
  const query = useQuery({
    ...queries.records(spec.src, {
      select: selectOf(spec.columns, spec.display),
      search: spec.search,
      q: state.q,
      order: state.sort ?? spec.order,
      limit: spec.page_size,
      offset,
    }),
    placeholderData: keepPreviousData,
  });
  const total = query.data?.total ?? null;
  const close = () => void set({ open: undefined });

  return (
    <section
      aria-label={spec.plural}
      className="flex min-h-96 min-w-0 grow basis-[0px] flex-col overflow-hidden rounded-xl border bg-surface
        shadow-card"
    >
      <Toolbar spec={spec} state={state} set={set} total={total} />
      <TableView spec={spec} query={query} state={state} set={set} opening={opening} />
      <Pager
        page={state.page}
        size={spec.page_size}
        shown={query.data?.rows.length ?? 0}
        total={total}
        onPage={(page) => void set({ page: page === 1 ? undefined : String(page) })}
      />
      {state.open && (
        <RecordDrawer key={state.open} spec={spec} id={state.open} onClose={close} onOpen={(id) => set({ open: id })} />
      )}
    </section>
  );
}
