import { useId, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import { paths } from '@/api/paths';
import type { Approval, Decision } from '@/api/types/work';
import { Button, ErrorNote, Icon, toast } from '@/ui';
import { cn } from '@/lib/cn';
import { fieldStyle } from '@/ui/fieldStyle';

const done: Record<string, string> = { approve: 'Approved', reject: 'Rejected' };

/** Approve or reject, or one of the choices of a task, with a note for whoever asked. */
export function DecisionForm({ approval }: { approval: Approval }) {
  const id = useId();
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState<Decision | null>(null);
  const [error, setError] = useState<unknown>(null);

  const decide = async (decision: Decision) => {
    setBusy(decision);
    setError(null);
    try {
      await call('POST', paths.approval(approval.id), { body: { decision, note: note.trim() || null } });
      toast(done[decision] ?? `Answered ${decision}`, { description: approval.title });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(null);
    }
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['approvals'] }),
      queryClient.invalidateQueries({ queryKey: ['processes'] }),
    ]);
  };

  return (
    <footer className="space-y-3 border-t bg-fill/40 px-4 py-3">
      {error !== null && <ErrorNote error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id} className="sr-only">
          Note on {approval.title}
        </label>
        <input
          id={id}
          value={note}
          maxLength={1000}
          autoComplete="off"
          placeholder="Note (optional)"
          onChange={(event) => setNote(event.target.value)}
          className={cn(fieldStyle, 'min-w-48 flex-1 basis-0')}
        />
        {approval.choices?.length ? (
          approval.choices.map((choice) => (
            <Button key={choice} disabled={busy !== null} onClick={() => void decide(choice)}>
              {choice}
            </Button>
          ))
        ) : (
          <>
            <Button disabled={busy !== null} onClick={() => void decide('reject')}>
              {busy === 'reject' ? 'Rejecting…' : 'Reject'}
            </Button>
            <Button variant="primary" disabled={busy !== null} onClick={() => void decide('approve')}>
              <Icon name="check" />
              {busy === 'approve' ? 'Approving…' : 'Approve'}
            </Button>
          </>
        )}
      </div>
    </footer>
  );
}
