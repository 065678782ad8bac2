import type { FormEvent, ReactNode } from 'react';
import type { Field } from '@/api/types/records';
import { FieldList } from '@/form/FieldList';
import { FormFaults } from '@/form/FormFaults';
import type { RecordForm } from '@/form/useRecordForm';
import { modKey, useKeyDown } from '@/lib/keys';
import { Button, Kbd } from '@/ui';
import { UnsavedGuard } from './UnsavedGuard';

interface RecordEditorProps {
  fields: Field[];
  form: RecordForm;
  saveLabel: string;
  notice?: ReactNode;
  /** Something has to be decided first. */
  blocked?: boolean;
  onSave: () => Promise<void>;
  onCancel: () => void;
}

/** The fields of a record with Save and Cancel. ⌘S saves. Leaving with changes asks first. */
export function RecordEditor({ fields, form, saveLabel, notice, blocked, onSave, onCancel }: RecordEditorProps) {
  useKeyDown((event) => {
    if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    if (!blocked) void onSave();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!blocked) void onSave();
  };
  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto px-5 py-4">
        {notice}
        <FormFaults form={form} />
        <FieldList fields={fields} values={form.values} faults={form.faults} onChange={form.change} />
      </div>
      <footer className="flex shrink-0 items-center gap-2 border-t px-5 py-3">
        <span className="hidden items-center gap-1 text-xs text-text-3 sm:flex" aria-hidden>
          <Kbd>{modKey}</Kbd>
          <Kbd>S</Kbd>
        </span>
        <Button className="ml-auto" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" disabled={form.busy || blocked}>
          {form.busy ? 'Saving…' : saveLabel}
        </Button>
      </footer>
      <UnsavedGuard dirty={form.dirty && !form.busy} />
    </form>
  );
}
