import type { Column, FieldReference } from './types/records';

export interface ListQuery {
  select: string[];
  search: string[];
  q: string;
  order: string | undefined;
  limit: number;
  offset: number;
}

/** A list address in PostgREST's dialect. */
export function listPath(src: string, query: ListQuery): string {
  const params: [string, string][] = [['select', query.select.join(',')]];
  const condition = searchCondition(query.search, query.q);
  if (condition) params.push(['or', condition]);
  if (query.order) params.push(['order', query.order]);
  params.push(['limit', String(query.limit)], ['offset', String(query.offset)]);
  return `${src}?${params.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`;
}

/** What a table selects: the columns, and for a reference the embedded record with what is shown of it. */
export function selectOf(columns: Column[], display: string[]): string[] {
  const parts = columns.map((column) =>
    column.reference ? `${column.key}(${['id', ...column.reference.display].join(',')})` : column.key,
  );
  return [...new Set(['id', 'version', ...parts, ...display])];
}

/** What a reference's search box selects. */
export function selectOfReference(reference: FieldReference): string[] {
  return [...new Set(['id', ...reference.display])];
}

/** `(first_name.ilike.*ana*,email.ilike.*ana*)`, or nothing when there is nothing to look for. */
export function searchCondition(columns: string[], q: string): string | undefined {
  const text = q.trim();
  if (text === '' || columns.length === 0) return undefined;
  const pattern = quote(`*${text}*`);
  return `(${columns.map((column) => `${column}.ilike.${pattern}`).join(',')})`;
}

/** Quotes a value that would otherwise be read as syntax; a backslash escapes inside the quotes. */
export function quote(value: string): string {
  if (!/[,.():"\\\s]/.test(value)) return value;
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** Percent-encodes a query value but leaves what an address may hold readable. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/%2C/g, ',').replace(/%3A/g, ':');
}

/** The total of `Content-Range: 0-24/59`; null when the server did not count. */
export function totalOf(contentRange: string | null): number | null {
  const total = contentRange?.split('/')[1];
  return total && /^\d+$/.test(total) ? Number(total) : null;
}
