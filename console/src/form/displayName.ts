import type { Id } from '@/api/types/records';

/** How a record is called: its display columns, joined; its id when they are all empty. */
export function displayName(record: Record<string, unknown>, display: string[]): string {
  const name = display
    .map((column) => record[column])
    .filter((value) => value !== null && value !== undefined && value !== '')
    .join(' ');
  return name || `#${String((record as { id?: Id }).id ?? '')}`;
}
