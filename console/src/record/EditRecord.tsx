import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/ApiError';
import { getRecord, updateRecord } from '@/api/records';
import type { FormSpec, RecordRow, TableSpec } from '@/api/types/records';
import { encodeChanges } from '@/form/encode';
import { useRecordForm } from '@/form/useRecordForm';
import { capital } from '@/lib/format';
import { toast } from '@/ui';
import { Conflict } from './Conflict';
import { RecordEditor } from './RecordEditor';
import { useRecordCache } from './useRecordCache';

interface EditRecordProps {
  spec: TableSpec;
  form: FormSpec;
  record: RecordRow;
  onDone: () => void;
}

/**
 * Edits the record as it was when the editing began. When someone else has saved in between, the server refuses;
 * then both sides are shown, and the user's changes can be put on top of the newer record.
 */
export function EditRecord({ spec, form: { fields }, record, onDone }: EditRecordProps) {
  const [baseline, setBaseline] = useState(record);
  const [theirs, setTheirs] = useState<RecordRow | null>(null);
  const form = useRecordForm(fields, baseline);
  const cache = useRecordCache(spec.src);
  const queryClient = useQueryClient();
  const id = String(record.id);

  const save = () =>
    form.submit(async () => {
      if (!form.dirty) return onDone();
      try {
        const changes = encodeChanges(fields, form.changes, baseline);
        cache.saved(await updateRecord(spec.src, id, baseline.version, changes));
        toast(`${capital(spec.singular)} saved`);
        onDone();
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 412)) throw error;
        setTheirs(await getRecord(spec.src, id));
      }
    });

  const takeTheirs = (latest: RecordRow) => {
    setBaseline(latest);
    setTheirs(null);
    queryClient.setQueryData(['record', spec.src, id], latest);
  };

  const conflict = theirs && (
    <Conflict
      singular={spec.singular}
      fields={fields}
      before={baseline}
      theirs={theirs}
      mine={form.changes}
      onKeepMine={() => takeTheirs(theirs)}
      onDiscardMine={() => {
        form.reset();
        takeTheirs(theirs);
      }}
    />
  );

  return (
    <RecordEditor
      fields={fields}
      form={form}
      saveLabel="Save"
      notice={conflict}
      blocked={theirs !== null}
      onSave={save}
      onCancel={onDone}
    />
  );
}
