import { cn } from '@/lib/cn';

const TOKENS = /("(?:[^"\\]|\\.)*"\s*:?|\b\d[\d.]*\b|\btrue\b|\bfalse\b|\bnull\b)/;

function colour(token: string): string {
  if (/^".*:$/.test(token)) return 'text-text-2';
  if (token.startsWith('"')) return 'text-ok-text';
  if (/^(\d|true|false|null)/.test(token)) return 'text-info-text';
  return 'text-text-3';
}

/** JSON, indented and coloured. */
export function Json({ value, label, className }: { value: unknown; label: string; className?: string }) {
  const text = JSON.stringify(value, null, 2) ?? '';
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className={cn(
        'overflow-auto rounded-lg border bg-canvas/70 p-3 font-mono text-[11.5px] leading-[18px]',
        className,
      )}
    >
      {text.split(TOKENS).map((token, index) => (
        <span key={index} className={colour(token)}>
          {token}
        </span>
      ))}
    </pre>
  );
}
