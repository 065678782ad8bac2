import { useNavigate, useSearch } from '@tanstack/react-router';

type Search = Record<string, string | undefined>;

export interface TableSearch {
  q: string;
  sort: string | undefined;
  page: number;
  open: string | undefined;
}

/**
 * A table's state lives in the address: `?q=ana&sort=last_name.desc&page=2&open=12`.
 * `scope` keeps a second table of the same page apart; the first has none.
 */
export function useTableSearch(scope: string) {
  const navigate = useNavigate();
  const search: Search = useSearch({ strict: false });
  const name = (key: keyof TableSearch) => (scope ? `${scope}.${key}` : key);
  const page = Number(search[name('page')] ?? 1);

  const state: TableSearch = {
    q: search[name('q')] ?? '',
    sort: search[name('sort')],
    page: Number.isInteger(page) && page > 0 ? page : 1,
    open: search[name('open')],
  };

  /** Replaces the current entry of the browser's history, except for opening and turning pages. */
  const set = (patch: Partial<Record<keyof TableSearch, string | undefined>>) => {
    const renamed = Object.fromEntries(
      Object.entries(patch).map(([key, value]) => [name(key as keyof TableSearch), value]),
    );
    const replace = !('open' in patch || 'page' in patch) || 'q' in patch;
    return navigate({ to: '.', search: (current: Search) => ({ ...current, ...renamed }), replace });
  };

  /** The search parameters of this page with the record open: for a link. */
  const opening = (id: string) => (current: Search) => ({ ...current, [name('open')]: id });

  return { state, set, opening };
}
