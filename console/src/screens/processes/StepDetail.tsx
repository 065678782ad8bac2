import type { Step } from '@/api/types/work';
import { dateTime } from '@/lib/format';
import { Json } from '@/ui';

/** What went in, what came out, and what went wrong. */
export function StepDetail({ step }: { step: Step }) {
  return (
    <div className="space-y-3 bg-fill/50 px-4 py-3 pl-10">
      <p className="text-xs text-text-3 num">
        <span className="font-mono">{step.path}</span> · started {dateTime(Date.parse(step.started_at))}
        {step.completed_at && ` · ended ${dateTime(Date.parse(step.completed_at))}`}
        {step.attempt > 1 && ` · attempt ${step.attempt}`}
      </p>
      <Part title="Error" value={step.error} />
      <Part title="Inputs" value={step.inputs} />
      <Part title="Outputs" value={step.outputs} />
    </div>
  );
}

function Part({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-text-2">{title}</h3>
      {typeof value === 'string' ? (
        <p className="font-mono text-xs break-words whitespace-pre-wrap">{value}</p>
      ) : (
        <Json value={value} label={title} className="max-h-64" />
      )}
    </section>
  );
}
