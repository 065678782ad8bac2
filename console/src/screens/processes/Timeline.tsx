import { useMemo, useState } from 'react';
import type { Step } from '@/api/types/work';
import { roughly } from '@/lib/format';
import { EmptyState, Icon } from '@/ui';
import { StepRow } from './StepRow';
import { isWork, spanOf, wholeOf } from './stepTimes';
import { timeScale, type Span, type TimeScale } from './timeScale';

interface TimelineProps {
  steps: Step[];
  startedAt: string;
  now: number;
}

/** The steps of an instance on one time axis, with waiting folded. */
export function Timeline({ steps, startedAt, now }: TimelineProps) {
  const [open, setOpen] = useState<string | null>(null);
  const scale = useMemo(() => {
    const work = steps.filter(isWork).map((step) => spanOf(step, now));
    return timeScale(wholeOf(steps, startedAt, now), work);
  }, [steps, startedAt, now]);

  if (steps.length === 0) {
    return <EmptyState icon="workflow" title="No step has started yet" />;
  }
  return (
    <>
      {scale.folds.length > 0 && <FoldLabels scale={scale} />}
      <ol aria-label="Steps" className="divide-y">
        {steps.map((step) => {
          const key = `${step.path}#${step.attempt}`;
          return (
            <StepRow
              key={key}
              step={step}
              scale={scale}
              now={now}
              open={open === key}
              onToggle={() => setOpen(open === key ? null : key)}
            />
          );
        })}
      </ol>
    </>
  );
}

function FoldLabels({ scale }: { scale: TimeScale }) {
  const middle = (fold: Span) => (scale.at(fold.start) + scale.at(fold.end)) / 2;
  return (
    <div className="hidden h-8 border-b px-4 sm:flex" aria-hidden>
      <span className="w-2/5 shrink-0" />
      <div className="relative flex-1">
        {scale.folds.map((fold) => (
          <span
            key={fold.start}
            className="absolute top-1/2 flex -translate-x-1/2 -translate-y-1/2 items-center gap-1 rounded-full
              bg-warn-soft px-1.5 py-0.5 text-2xs font-medium whitespace-nowrap text-warn-text"
            style={{ left: `${Math.min(0.93, Math.max(0.07, middle(fold))) * 100}%` }}
          >
            <Icon name="clock" className="size-3" />
            {roughly(fold.end - fold.start)}
          </span>
        ))}
      </div>
      <span className="w-24 shrink-0" />
    </div>
  );
}
