const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let locale: string | undefined;

/** Numbers and dates follow the user's language; the browser's region refines it when the languages agree. */
export function setLocale(language: string | null) {
  if (!language) return;
  const regional = navigator.languages.find((candidate) => candidate.split('-')[0] === language);
  try {
    locale = Intl.getCanonicalLocales(regional ?? language)[0];
  } catch {
    locale = undefined;
  }
}

export const integer = (value: number) => new Intl.NumberFormat(locale).format(value);

/** A number, given as a number or as a decimal string, without losing digits on the way. */
export function decimal(value: unknown, options: Intl.NumberFormatOptions = { maximumFractionDigits: 10 }): string {
  if (typeof value !== 'number' && (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value))) {
    return String(value);
  }
  return new Intl.NumberFormat(locale, options).format(value as number);
}

/** An amount; without a currency it is a figure with two digits. */
export function money(value: unknown, currency?: string): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return decimal(value, currency ? { style: 'currency', currency } : digits);
}

/** The larger unit only: "19 min". */
export function roughly(ms: number): string {
  return ms < MINUTE ? `${Math.round(ms / 1000)} s` : duration(ms).split(' ').slice(0, 2).join(' ');
}

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${Math.round((ms % MINUTE) / 1000)} s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.round((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} d ${Math.round((ms % DAY) / HOUR)} h`;
}

/** Which unit says a distance best: its size, and the distance up to which it does. */
const steps: [Intl.RelativeTimeFormatUnit, number, number][] = [
  ['minute', MINUTE, HOUR],
  ['hour', HOUR, DAY],
  ['day', DAY, 7 * DAY],
];

/** "3 min. ago"; the date itself when it is more than a week away. */
export function relative(time: number, now: number): string {
  const distance = time - now;
  if (Math.abs(distance) < MINUTE) return 'just now';
  const step = steps.find((candidate) => Math.abs(distance) < candidate[2]);
  if (!step) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(time);
  const [unit, size] = step;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  return words.format(Math.round(distance / size), unit);
}

export const dateTime = (time: number) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(time);

/** A calendar date `2026-11-20`: no time zone may move it. */
export function date(value: string): string {
  const time = Date.parse(`${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(time)) return value;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(time);
}

/** "customer" → "Customer" */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "support_rep_id" → "Support rep" */
export const words = (name: string) => capital(name.replace(/_id$/, '').replace(/[_-]+/g, ' '));
