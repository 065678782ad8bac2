import type { Field } from '@/api/types/records';
import { InvalidJson } from './InvalidJson';
import type { Values } from './useChanges';

/** Faults by field name. */
export type Faults = Record<string, string>;

/** Checks what was declared, to answer at once. The server checks again, and its word counts. */
export function validate(fields: Field[], values: Values): Faults {
  const faults: Faults = {};
  for (const field of fields) {
    if (field.readonly) continue;
    const fault = faultOf(field, values[field.name]);
    if (fault) faults[field.name] = fault;
  }
  return faults;
}

function faultOf(field: Field, value: unknown): string | undefined {
  if (value instanceof InvalidJson) return 'This is not valid JSON';
  if (value === undefined || value === null || value === '') {
    return field.required && field.type !== 'boolean' ? `${field.label} is required` : undefined;
  }
  return numberFault(field, value) ?? textFault(field, value);
}

function numberFault(field: Field, value: unknown): string | undefined {
  if (!['integer', 'decimal', 'money'].includes(field.type)) return undefined;
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) return 'Enter a number, with a point before the decimals';
  if (field.type === 'integer' && text.includes('.')) return 'Enter a whole number';
  if (field.min !== undefined && Number(text) < field.min) return field.message ?? `At least ${field.min}`;
  if (field.max !== undefined && Number(text) > field.max) return field.message ?? `At most ${field.max}`;
  return undefined;
}

function textFault(field: Field, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (field.max_length !== undefined && value.length > field.max_length) {
    return `At most ${field.max_length} characters; these are ${value.length}`;
  }
  if (field.type === 'email' && !/^\S+@\S+\.\S+$/.test(value)) {
    return field.message ?? 'Enter an email address, like name@company.com';
  }
  if (field.pattern && !matches(field.pattern, value)) {
    return field.message ?? 'This does not have the expected format';
  }
  return undefined;
}

/** The pattern is the server's; one that this engine cannot read is left to the server. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}
