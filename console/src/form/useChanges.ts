import { useState } from 'react';

export type Values = Record<string, unknown>;

/**
 * A form is a baseline and the user's changes on top of it. A value put back to its baseline is no change,
 * and a newer baseline leaves the changes in place: that is what saving over a conflict needs.
 */
export function useChanges(baseline: Values) {
  const [changes, setChanges] = useState<Values>({});

  const set = (name: string, value: unknown) =>
    setChanges((current) => {
      const { [name]: _, ...others } = current;
      return same(value, baseline[name]) ? others : { ...others, [name]: value };
    });

  return {
    values: { ...baseline, ...changes } as Values,
    changes,
    dirty: Object.keys(changes).length > 0,
    set,
    reset: () => setChanges({}),
  };
}

/** Whether two values are the same to the server: nothing is nothing, and "1.50" is 1.50. */
export function same(left: unknown, right: unknown): boolean {
  const a = normal(left);
  const b = normal(right);
  if (typeof a === 'number' || typeof b === 'number') {
    return a !== null && b !== null && Number(a) === Number(b);
  }
  return JSON.stringify(a) === JSON.stringify(b);
}

const normal = (value: unknown) => (value === undefined || value === '' ? null : value);
