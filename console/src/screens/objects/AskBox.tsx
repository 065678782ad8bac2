import { useId, useState, type FormEvent } from 'react';
import { call } from '@/api/client';
import { paths } from '@/api/paths';
import type { PlatformAnswer } from '@/api/types/admin';
import { cn } from '@/lib/cn';
import { Button, Card, ErrorNote, Icon, Json } from '@/ui';
import { fieldStyle } from '@/ui/fieldStyle';

/** A question about the platform in plain words, and its answer with what it was understood as. */
export function AskBox() {
  const id = useId();
  const [question, setQuestion] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<PlatformAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);

  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      setAnswer((await call<PlatformAnswer>('POST', paths.ask, { body: { question } })).body);
    } catch (failure) {
      setAnswer(null);
      setError(failure);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Card className="p-4">
      <form className="flex flex-wrap gap-2" onSubmit={(event) => void ask(event)}>
        <label htmlFor={id} className="sr-only">
          Question about the platform
        </label>
        <input
          id={id}
          value={question}
          maxLength={1000}
          autoComplete="off"
          placeholder="Ask: what depends on customer? what is slow? what changed this week?"
          onChange={(event) => setQuestion(event.target.value)}
          className={cn(fieldStyle, 'min-w-48 flex-1 basis-0')}
        />
        <Button type="submit" disabled={busy || question.trim() === ''}>
          <Icon name="search" />
          {busy ? 'Asking…' : 'Ask'}
        </Button>
      </form>
      {error !== null && <ErrorNote error={error} />}
      {answer && <Answer answer={answer} />}
    </Card>
  );
}

function Answer({ answer }: { answer: PlatformAnswer }) {
  const { note, ...understood } = answer.understood;
  return (
    <div role="status" className="mt-3 space-y-2 border-t pt-3">
      <p>{answer.summary}</p>
      {note && note !== answer.summary && <p className="text-text-2">{note}</p>}
      <p className="font-mono text-xs break-words text-text-3">
        Understood as {Object.values(understood).filter(Boolean).join(' · ')}
      </p>
      <details>
        <summary className="cursor-pointer text-text-2">Everything it says</summary>
        <Json value={answer.data} label="Everything it says" className="mt-2 max-h-96" />
      </details>
    </div>
  );
}
