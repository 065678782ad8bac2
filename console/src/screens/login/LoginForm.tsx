import { useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { login } from '@/api/session';
import { isInternal } from '@/tree/props';
import { Button, Card, ErrorNote } from '@/ui';
import { LoginField } from './LoginField';

export function LoginForm({ back }: { back: string | undefined }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const session = await login(username.trim(), password);
      // Nothing that an earlier user has read may be shown to this one.
      queryClient.clear();
      queryClient.setQueryData(['session'], session);
      await router.navigate({ href: back && isInternal(back) ? back : '/', replace: true });
    } catch (failure) {
      setError(failure);
      setPassword('');
      setBusy(false);
    }
  };

  return (
    <Card className="p-5 shadow-pop">
      <form onSubmit={(event) => void submit(event)} className="grid gap-4">
        {error !== null && <ErrorNote error={error} />}
        <LoginField
          label="Username"
          name="username"
          autoComplete="username"
          autoFocus
          value={username}
          onChange={setUsername}
        />
        <LoginField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" variant="primary" size="lg" disabled={busy}>
          {busy ? 'Logging in…' : 'Log in'}
        </Button>
      </form>
    </Card>
  );
}
