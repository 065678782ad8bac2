import type { FieldFault } from '@/api/ApiError';
import type { Field } from '@/api/types/records';
import type { Faults } from './validate';

/** Puts the server's faults to their fields by JSON Pointer; what belongs to no field goes to the whole form. */
export function placeFaults(errors: FieldFault[], fields: Field[]): { fields: Faults; form: string[] } {
  const placed: Faults = {};
  const form: string[] = [];
  for (const error of errors) {
    const name = firstSegment(error.path);
    if (fields.some((field) => field.name === name && !field.readonly)) {
      placed[name] ??= error.message;
    } else {
      form.push(error.message);
    }
  }
  return { fields: placed, form };
}

/** `/lines/2/qty` → `lines`; `~1` and `~0` are the pointer's escapes of `/` and `~`. */
function firstSegment(pointer: string): string {
  return (pointer.split('/')[1] ?? '').replace(/~1/g, '/').replace(/~0/g, '~');
}
