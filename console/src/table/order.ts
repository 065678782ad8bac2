export type Direction = 'asc' | 'desc';

/** The direction in which an order such as `last_name.asc,id.asc` leads with a column, if it does. */
export function directionOf(order: string | undefined, key: string): Direction | undefined {
  const [column, direction] = (order?.split(',')[0] ?? '').split('.');
  if (column !== key) return undefined;
  return direction === 'desc' ? 'desc' : 'asc';
}

/** What a click on a column's head leads to: ascending first, then the other way round. */
export function nextOrder(order: string | undefined, key: string): string {
  return directionOf(order, key) === 'asc' ? `${key}.desc` : `${key}.asc`;
}
