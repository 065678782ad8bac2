import { useEffect, useRef, useState } from 'react';
import type { TableSpec } from '@/api/types/records';
import { integer } from '@/lib/format';
import { isInPopup, isTyping, useKeyDown } from '@/lib/keys';
import { useDebounced } from '@/lib/useDebounced';
import { Button, Icon, Kbd } from '@/ui';
import type { TableSearch, useTableSearch } from './useTableSearch';

const SETTLE_MS = 250;

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

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Asks the server once the typing rests. The slash key comes here from anywhere on the page. */
function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed, SETTLE_MS);
  const [sent, setSent] = useState(value);

  useEffect(() => {
    if (settled === sent) return;
    setSent(settled);
    onChange(settled);
  }, [settled, sent, onChange]);

  // Back, Forward and links change the address from outside: the box follows.
  useEffect(() => {
    if (value === sent) return;
    setSent(value);
    setTyped(value);
    // Only an outside change counts, not the one this box has just made.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [value]);

  useKeyDown((event) => {
    if (event.key !== '/' || isTyping(event) || isInPopup(event) || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    input.current?.focus();
    input.current?.select();
  });

  return (
    <div
      className="flex h-8 w-full items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2
        focus-within:border-accent sm:w-64"
    >
      <Icon name="search" className="size-3.5 text-text-3" />
      <input
        ref={input}
        type="search"
        value={typed}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        className="min-w-0 flex-1 bg-transparent outline-none"
      />
      <Kbd className="hidden sm:inline-flex">/</Kbd>
    </div>
  );
}
