import { Card, CardHeader } from '@/ui';

/** The object's source with line numbers. */
export function Source({ text, file }: { text: string; file: string | null }) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Source">
        {file && <span className="min-w-0 truncate font-mono text-xs text-text-3">{file.split('/').at(-1)}</span>}
      </CardHeader>
      <div
        role="region"
        aria-label="Source"
        tabIndex={0}
        className="grid max-h-[70vh] grid-cols-[auto_1fr] overflow-auto py-2 font-mono text-xs leading-5"
      >
        <div aria-hidden className="sticky left-0 border-r bg-surface px-3 text-right text-text-3 select-none num">
          {lines.map((_, index) => (
            <div key={index}>{index + 1}</div>
          ))}
        </div>
        <pre className="px-4">{lines.join('\n')}</pre>
      </div>
    </Card>
  );
}
