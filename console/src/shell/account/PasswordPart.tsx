import { useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { changePassword } from '@/api/session';
import { LoginField } from '@/screens/login/LoginField';
import { Button, ErrorNote, toast } from '@/ui';

export function PasswordPart() {
  const queryClient = useQueryClient();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      queryClient.setQueryData(['session'], await changePassword(old, next));
      await queryClient.invalidateQueries({ queryKey: ['sessions'] });
      setOld('');
      setNext('');
      toast('Your password is changed', { description: 'Your other sessions have ended.' });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };

  return (
    <section aria-label="Password">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        {error !== null && <ErrorNote error={error} />}
        <LoginField label="Password now" type="password" autoComplete="current-password" value={old} onChange={setOld} />
        <LoginField label="New password" type="password" autoComplete="new-password" value={next} onChange={setNext} />
        <Button type="submit" disabled={busy} className="justify-self-start">
          Change password
        </Button>
      </form>
    </section>
  );
}
