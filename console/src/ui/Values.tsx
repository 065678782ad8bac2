import { dateTime, words } from '@/lib/format';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Any JSON value, said as plainly as it can be. */
export function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return INSTANT.test(value) ? dateTime(Date.parse(value)) : value;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** A JSON object as a readable table: one line a key. */
export function Values({ of, caption }: { of: Record<string, unknown>; caption: string }) {
  return (
    <table className="w-full overflow-hidden rounded-lg text-left">
      <caption className="sr-only">{caption}</caption>
      <tbody>
        {Object.entries(of).map(([key, value]) => (
          <tr key={key} className="border-b align-top last:border-0">
            <th scope="row" className="w-2/5 py-1.5 pr-3 font-normal text-text-3">
              {words(key)}
            </th>
            <td className="py-1.5 break-words num">{plain(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
