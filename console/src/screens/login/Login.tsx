import { useSearch } from '@tanstack/react-router';
import { useTitle } from '@/lib/useTitle';
import { Mark } from '@/ui';
import { LoginForm } from './LoginForm';
import { Providers } from './Providers';

/** The only screen that works without a session. */
export default function Login() {
  useTitle('Log in');
  const { return: back, problem } = useSearch({ from: '/login' });
  return (
    <main className="relative grid min-h-dvh place-items-center overflow-hidden p-4">
      <Backdrop />
      <div className="relative w-full max-w-[360px]">
        <div className="mb-6 flex flex-col items-center gap-3 text-center">
          <Mark className="size-11 rounded-xl shadow-pop" />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Log in to AppOS</h1>
            <p className="mt-0.5 text-text-3">
              {back ? 'Then you are back where you were.' : 'Your apps, processes and agents.'}
            </p>
          </div>
        </div>
        <LoginForm back={back} problem={problem} />
        <Providers back={back} />
      </div>
    </main>
  );
}

/** A quiet grid that fades out around the form. */
function Backdrop() {
  return <div aria-hidden className="grid-lines absolute inset-0" />;
}
