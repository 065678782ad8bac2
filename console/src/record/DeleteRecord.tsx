import { useId, useState } from 'react';
import { deleteRecord } from '@/api/records';
import type { RecordRow, TableSpec } from '@/api/types/records';
import { capital } from '@/lib/format';
import { Button, Dialog, ErrorNote, toast } from '@/ui';
import { fieldStyle } from '@/ui/fieldStyle';
import { useRecordCache } from './useRecordCache';

interface DeleteRecordProps {
  spec: TableSpec;
  record: RecordRow;
  name: string;
  onClose: () => void;
  onDeleted: () => void;
}

/** Deletes the record after its name has been typed. */
export function DeleteRecord({ spec, record, name, onClose, onDeleted }: DeleteRecordProps) {
  const id = useId();
  const cache = useRecordCache(spec.src);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const remove = async () => {
    setBusy(true);
    setError(null);
    try {
      await deleteRecord(spec.src, String(record.id), record.version);
      toast(`${capital(spec.singular)} deleted`, { description: name });
      onDeleted();
      cache.deleted(String(record.id));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete ${name}?`}
      description={`The ${spec.singular} is gone for everyone. This cannot be undone from here.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" disabled={busy || typed.trim() !== name} onClick={() => void remove()}>
            Delete {spec.singular}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorNote error={error} />}
      <div>
        <label htmlFor={id} className="mb-1.5 block">
          Type <b className="font-semibold select-all">{name}</b> to confirm
        </label>
        <input
          id={id}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className={fieldStyle}
        />
      </div>
    </Dialog>
  );
}
