import type { Step } from '@/api/types/work';
import type { Span } from './timeScale';

/** When a step ran; one that has not ended lasts until now. */
export function spanOf(step: Step, now: number): Span {
  const start = Date.parse(step.started_at);
  const end = step.completed_at
    ? Date.parse(step.completed_at)
    : start + (step.duration_ms ?? Math.max(0, now - start));
  return { start, end: Math.max(start, end) };
}

/** A step that is under way or sleeping is idle time; whatever is done, failed or running is work. */
export const isWork = (step: Step) => step.status !== 'waiting' && !isLongWait(step);

const LONG_WAIT = /(^|[./])(wait|sleep|approval|signal)/i;
const LONG_MS = 5_000;

/** A finished wait (an approval, a signal, a sleep) took long but nothing worked during it. */
function isLongWait(step: Step): boolean {
  return (step.duration_ms ?? 0) > LONG_MS && (LONG_WAIT.test(step.name) || LONG_WAIT.test(step.path));
}

/** The whole that a timeline shows. */
export function wholeOf(steps: Step[], startedAt: string, now: number): Span {
  const spans = steps.map((step) => spanOf(step, now));
  const start = Math.min(Date.parse(startedAt), ...spans.map((span) => span.start));
  return { start, end: Math.max(start + 1, ...spans.map((span) => span.end)) };
}
