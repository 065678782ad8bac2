import type { Step } from '@/api/types/work';
import { cn } from '@/lib/cn';
import { duration } from '@/lib/format';
import { Icon } from '@/ui';
import { statuses } from './ProcessBadge';
import { StepDetail } from './StepDetail';
import { isWork, spanOf } from './stepTimes';
import type { TimeScale } from './timeScale';

interface StepRowProps {
  step: Step;
  scale: TimeScale;
  now: number;
  open: boolean;
  onToggle: () => void;
}

const iconTone: Record<string, string> = {
  done: 'text-ok',
  failed: 'text-bad',
  waiting: 'text-warn-text',
  running: 'text-info animate-spin',
};

const idleBar = 'border border-warn bg-warn/25';

const barTone: Record<string, string> = {
  done: 'bg-accent',
  failed: 'bg-bad',
  running: 'bg-info bar-live',
};

export function StepRow({ step, scale, now, open, onToggle }: StepRowProps) {
  const span = spanOf(step, now);
  const known = statuses[step.status];
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex min-h-10 w-full items-center px-4 py-1.5 text-left outline-offset-[-2px] hover:bg-fill"
      >
        <span className="flex min-w-0 flex-1 items-center gap-2 pr-3 sm:w-2/5 sm:flex-none">
          <Icon name="chevron-right" className={cn('size-3.5 text-text-3 transition-transform', open && 'rotate-90')} />
          <Icon name={known?.icon ?? 'circle-dashed'} className={iconTone[step.status]} />
          <span className="truncate">{step.name}</span>
          <span className="sr-only">{known?.word ?? step.status}</span>
          {step.attempt > 1 && <span className="text-2xs whitespace-nowrap text-text-3">try {step.attempt}</span>}
        </span>
        <Bar step={step} scale={scale} from={scale.at(span.start)} to={scale.at(span.end)} />
        <span className="w-24 shrink-0 text-right text-xs text-text-2 num">
          {step.status === 'waiting' ? 'waiting' : duration(step.duration_ms ?? span.end - span.start)}
        </span>
      </button>
      {open && <StepDetail step={step} />}
    </li>
  );
}

function Bar({ step, scale, from, to }: { step: Step; scale: TimeScale; from: number; to: number }) {
  return (
    <span className="relative hidden h-7 flex-1 sm:block" aria-hidden>
      {scale.folds.map((fold) => (
        <span
          key={fold.start}
          className="hatch absolute -inset-y-2"
          style={{
            left: `${scale.at(fold.start) * 100}%`,
            width: `${(scale.at(fold.end) - scale.at(fold.start)) * 100}%`,
          }}
        />
      ))}
      <span
        className={cn(
          'absolute top-1/2 h-3.5 min-w-[5px] -translate-y-1/2 rounded-[4px]',
          isWork(step) ? barTone[step.status] : idleBar,
        )}
        style={{ left: `${Math.min(0.99, from) * 100}%`, width: `${(to - from) * 100}%` }}
      />
    </span>
  );
}
