import { useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { ApiError } from '@/api/ApiError';
import { login } from '@/api/session';
import { isInternal } from '@/tree/props';
import { Button, Card, ErrorNote } from '@/ui';
import { LoginField } from './LoginField';

const problems: Record<string, string> = {
  no_account: 'There is no account here for you. Ask an administrator for one with your e-mail address.',
  not_begun_here: 'That login was not begun in this browser, or it took too long. Try again.',
  not_vouched: 'The other side did not vouch for you. Try again, or log in with a password.',
};

const asksForCode = (failure: unknown) =>
  failure instanceof ApiError && failure.errors.some((fault) => fault.code === 'second_factor_required');

interface LoginFormProps {
  back: string | undefined;
  problem: string | undefined;
}

export function LoginForm({ back, problem }: LoginFormProps) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const session = await login(username.trim(), password, code?.trim());
      // Nothing that an earlier user has read may be shown to this one.
      queryClient.clear();
      queryClient.setQueryData(['session'], session);
      await router.navigate({ href: back && isInternal(back) ? back : '/', replace: true });
    } catch (failure) {
      setBusy(false);
      if (asksForCode(failure)) {
        setCode('');
        return;
      }
      setError(failure);
      if (code === null) setPassword('');
      else setCode('');
    }
  };

  return (
    <Card className="p-5 shadow-pop">
      <form onSubmit={(event) => void submit(event)} className="grid gap-4">
        {error !== null && <ErrorNote error={error} />}
        {error === null && problem && <p role="alert">{problems[problem] ?? problems['not_vouched']}</p>}
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
        {code !== null && (
          <LoginField
            label="Code"
            name="code"
            autoComplete="one-time-code"
            autoFocus
            placeholder="of your device, or a recovery code"
            value={code}
            onChange={setCode}
          />
        )}
        <Button type="submit" variant="primary" size="lg" disabled={busy}>
          {busy ? 'Logging in…' : 'Log in'}
        </Button>
      </form>
    </Card>
  );
}
