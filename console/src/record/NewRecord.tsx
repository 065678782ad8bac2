import { useRef } from 'react';
import { createRecord } from '@/api/records';
import type { FormSpec } from '@/api/types/records';
import { encodeChanges } from '@/form/encode';
import { useRecordForm } from '@/form/useRecordForm';
import { capital } from '@/lib/format';
import { toast } from '@/ui';
import { DrawerFrame } from './DrawerFrame';
import type { RecordDrawerProps } from './RecordDrawer';
import { RecordEditor } from './RecordEditor';
import { useRecordCache } from './useRecordCache';

const nothing = {};

export function NewRecord({ spec, form: { fields }, onClose, onOpen }: RecordDrawerProps & { form: FormSpec }) {
  const editable = useRef(fields.filter((field) => !field.readonly)).current;
  const form = useRecordForm(editable, nothing);
  const cache = useRecordCache(spec.src);

  const save = () =>
    form.submit(async () => {
      const record = await createRecord(spec.src, encodeChanges(editable, form.changes, nothing));
      cache.saved(record);
      toast(`${capital(spec.singular)} created`);
      // Still under way: the guard must not take the new record's opening for a loss.
      await onOpen(String(record.id));
    });

  return (
    <DrawerFrame name={`New ${spec.singular}`} subtitle="Not saved yet" onClose={onClose}>
      <div className="border-t" />
      <RecordEditor
        fields={editable}
        form={form}
        saveLabel={`Create ${spec.singular}`}
        onSave={save}
        onCancel={onClose}
      />
    </DrawerFrame>
  );
}
