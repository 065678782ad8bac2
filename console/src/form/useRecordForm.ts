import { useState } from 'react';
import { ApiError } from '@/api/ApiError';
import type { Field } from '@/api/types/records';
import { placeFaults } from './serverFaults';
import { useChanges, type Values } from './useChanges';
import { validate, type Faults } from './validate';

/** A form's state: values, changes, faults of both sides, and whether it is on its way. */
export function useRecordForm(fields: Field[], baseline: Values) {
  const changes = useChanges(baseline);
  const [faults, setFaults] = useState<Faults>({});
  const [formFaults, setFormFaults] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const change = (name: string, value: unknown) => {
    changes.set(name, value);
    setFaults(({ [name]: _, ...others }) => others);
  };

  const clear = () => {
    setFaults({});
    setFormFaults([]);
    setError(null);
  };

  const refuse = (failure: unknown) => {
    if (failure instanceof ApiError && failure.errors.length > 0) {
      const placed = placeFaults(failure.errors, fields);
      setFaults(placed.fields);
      setFormFaults(placed.form);
    } else {
      setError(failure);
    }
  };

  /** Checks, sends, and places whatever the server has against it. `send` may handle a failure by itself. */
  const submit = async (send: () => Promise<void>) => {
    if (busy) return;
    clear();
    const found = validate(fields, changes.values);
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await send();
    } catch (failure) {
      refuse(failure);
    } finally {
      setBusy(false);
    }
  };

  return { ...changes, change, faults, formFaults, error, busy, submit };
}

export type RecordForm = ReturnType<typeof useRecordForm>;
