import type { ProcessStatus, StepStatus } from '@/api/types/work';
import { Badge, type Tone } from '@/ui';

type Status = ProcessStatus | StepStatus;

export const statuses: Record<Status, { tone: Tone; icon: string; word: string }> = {
  running: { tone: 'info', icon: 'loader', word: 'Running' },
  waiting: { tone: 'warn', icon: 'pause', word: 'Waiting' },
  completed: { tone: 'ok', icon: 'check-circle', word: 'Completed' },
  done: { tone: 'ok', icon: 'check-circle', word: 'Done' },
  failed: { tone: 'bad', icon: 'x-circle', word: 'Failed' },
  cancelled: { tone: 'neutral', icon: 'x', word: 'Cancelled' },
};

/** A status as colour, icon and word. One that this console does not know is shown as it is. */
export function ProcessBadge({ status }: { status: Status }) {
  const known = statuses[status] ?? { tone: 'neutral', icon: 'circle-dashed', word: status };
  return (
    <Badge tone={known.tone} icon={known.icon} live={status === 'running'}>
      {known.word}
    </Badge>
  );
}
