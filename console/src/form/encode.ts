import type { Field } from '@/api/types/records';
import type { Values } from './useChanges';

/** The changes as the server takes them: an emptied text is null, a whole number is a number. */
export function encodeChanges(fields: Field[], changes: Values, baseline: Values): Values {
  const body: Values = {};
  for (const field of fields) {
    if (field.readonly || !(field.name in changes)) continue;
    body[field.name] = encode(field, changes[field.name], baseline[field.name]);
  }
  return body;
}

function encode(field: Field, value: unknown, before: unknown): unknown {
  if (value === '' || value === undefined) return null;
  const isNumber = field.type === 'integer' || typeof before === 'number';
  // Decimals stay text, so that no digit is lost, unless the server itself speaks in numbers.
  if (isNumber && field.type !== 'reference' && typeof value === 'string') return Number(value);
  return value;
}
