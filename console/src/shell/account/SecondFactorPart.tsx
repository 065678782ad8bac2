import { useState, type FormEvent } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import { paths } from '@/api/paths';
import { queries } from '@/api/queries';
import type { Enrolment } from '@/api/types/session';
import { LoginField } from '@/screens/login/LoginField';
import { Button, ErrorNote } from '@/ui';

/** Switching the second factor on (password, secret, code, recovery codes) and off (password). */
export function SecondFactorPart() {
  const queryClient = useQueryClient();
  const { data } = useQuery(queries.secondFactor());
  const [text, setText] = useState('');
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [recovery, setRecovery] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  if (!data) return null;

  const step = async () => {
    if (data.enabled) {
      await call('POST', paths.endSecondFactor, { body: { password: text } });
      setRecovery([]);
    } else if (enrolment) {
      const options = { body: { code: text } };
      setRecovery((await call<{ recovery_codes: string[] }>('POST', paths.confirmSecondFactor, options)).body.recovery_codes);
      setEnrolment(null);
    } else {
      setEnrolment((await call<Enrolment>('POST', paths.secondFactor, { body: { password: text } })).body);
    }
    await queryClient.invalidateQueries({ queryKey: ['second-factor'] });
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    try {
      await step();
    } catch (failure) {
      setError(failure);
    }
    setText('');
  };

  const code = !data.enabled && enrolment !== null;
  return (
    <section aria-label="Second factor">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p className="font-medium">{data.enabled ? 'Logins need a code' : 'Ask for a code at each login'}</p>
        {recovery.length > 0 && (
          <div className="grid gap-1">
            <p>Keep these recovery codes. Each lets you in once, and they are shown only now.</p>
            <pre className="rounded-lg border p-2 font-mono text-xs">{recovery.join('\n')}</pre>
          </div>
        )}
        {enrolment && (
          <div className="grid gap-1">
            <p>
              Add this to your authenticator app, or <a className="underline" href={enrolment.otpauth_uri}>open it there</a>
              , then type the code it shows.
            </p>
            <code className="rounded-lg border p-2 text-xs break-all">{enrolment.secret}</code>
          </div>
        )}
        {error !== null && <ErrorNote error={error} />}
        <LoginField
          label={code ? 'Code of the app' : 'Your password'}
          type={code ? 'text' : 'password'}
          autoComplete={code ? 'one-time-code' : 'current-password'}
          value={text}
          onChange={setText}
        />
        <Button type="submit" className="justify-self-start">
          {data.enabled ? 'Switch off' : enrolment ? 'Confirm' : 'Switch on'}
        </Button>
      </form>
    </section>
  );
}
