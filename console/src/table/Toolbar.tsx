import type { TableSpec } from '@/api/types/records';
import { integer } from '@/lib/format';
import { Button, Icon } from '@/ui';
import { SearchBox } from './SearchBox';
import type { TableSearch, useTableSearch } from './useTableSearch';

interface ToolbarProps {
  spec: TableSpec;
  state: TableSearch;
  set: ReturnType<typeof useTableSearch>['set'];
  total: number | null;
}

export function Toolbar({ spec, state, set, total }: ToolbarProps) {
  return (
    <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b px-3 py-2">
      {spec.search.length > 0 && (
        <SearchBox
          label={`Search ${spec.plural}`}
          value={state.q}
          onChange={(q) => void set({ q: q || undefined, page: undefined })}
        />
      )}
      <span className="text-xs text-text-3 num" aria-live="polite">
        {total !== null && `${integer(total)} ${total === 1 ? spec.singular : spec.plural}`}
      </span>
      {spec.can.create && spec.form && (
        <Button variant="primary" className="ml-auto" onClick={() => void set({ open: 'new' })}>
          <Icon name="plus" />
          New {spec.singular}
        </Button>
      )}
    </div>
  );
}
