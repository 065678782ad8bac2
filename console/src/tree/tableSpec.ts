import type { TableSpec } from '@/api/types/records';
import type { Node } from '@/api/types/ui';

const DEFAULT_PAGE_SIZE = 25;

/** A table node's props with everything a server may leave out filled in; null when it names no source. */
export function tableSpecOf(node: Node): TableSpec | null {
  const props = (node.props ?? {}) as Partial<TableSpec>;
  if (typeof props.src !== 'string' || !Array.isArray(props.columns)) return null;
  const { order } = props;
  return {
    record: props.record ?? '',
    src: props.src,
    singular: props.singular ?? 'record',
    plural: props.plural ?? 'records',
    columns: props.columns,
    search: props.search ?? [],
    ...(order ? { order } : {}),
    page_size: props.page_size ?? DEFAULT_PAGE_SIZE,
    can: { create: false, update: false, delete: false, ...props.can },
    audit: props.audit ?? false,
    form: props.form ?? null,
    display: props.display ?? [],
  };
}

/** The first table of a page: it owns the unscoped part of the address. */
export function firstTable(node: Node): string | undefined {
  if (node.type === 'DataTable') return node.id;
  for (const child of node.children ?? []) {
    const found = firstTable(child);
    if (found) return found;
  }
  return undefined;
}
