import { useId, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import { paths } from '@/api/paths';
import type { Approval, FormField } from '@/api/types/work';
import { Button, ErrorNote, Icon, toast } from '@/ui';
import { cn } from '@/lib/cn';
import { fieldStyle } from '@/ui/fieldStyle';

/** What a task wants filled in. */
export function TaskForm({ approval, fields }: { approval: Approval; fields: FormField[] }) {
  const id = useId();
  const queryClient = useQueryClient();
  const [values, setValues] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await call('POST', paths.approval(approval.id), { body: { value: written(fields, values) } });
      toast('Done', { description: approval.title });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['approvals'] }),
      queryClient.invalidateQueries({ queryKey: ['processes'] }),
    ]);
  };

  return (
    <footer className="space-y-3 border-t bg-fill/40 px-4 py-3">
      {error !== null && <ErrorNote error={error} />}
      {fields.map((field) => (
        <div key={field.name} className="space-y-1">
          <label htmlFor={`${id}-${field.name}`} className="text-text-2">
            {field.name.replaceAll('_', ' ')}
            {field.required && ' *'}
          </label>
          <input
            id={`${id}-${field.name}`}
            value={values[field.name] ?? ''}
            required={field.required}
            autoComplete="off"
            placeholder={field.choices?.join(', ') ?? field.type}
            onChange={(event) => setValues({ ...values, [field.name]: event.target.value })}
            className={cn(fieldStyle, 'w-full')}
          />
        </div>
      ))}
      <Button variant="primary" disabled={busy} onClick={() => void send()}>
        <Icon name="check" />
        {busy ? 'Sending…' : 'Done'}
      </Button>
    </footer>
  );
}

/** What was typed, as the types of the fields write it; what was left empty is left out. */
function written(fields: FormField[], values: Record<string, string>): Record<string, unknown> {
  const typed = fields
    .filter((field) => (values[field.name] ?? '') !== '')
    .map((field) => [field.name, valueOf(field.type, values[field.name] ?? '')] as const);
  return Object.fromEntries(typed);
}

function valueOf(type: string, text: string): unknown {
  switch (type) {
    case 'integer':
    case 'long':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'list':
      return text.split(',').map((each) => each.trim());
    default:
      return text;
  }
}
