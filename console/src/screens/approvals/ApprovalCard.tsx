import { useEffect, useRef } from 'react';
import type { Approval } from '@/api/types/work';
import { cn } from '@/lib/cn';
import { Badge, Card, Icon, Time, Values } from '@/ui';
import { DecisionForm } from './DecisionForm';
import { TaskForm } from './TaskForm';

interface ApprovalCardProps {
  approval: Approval;
  /** The one that a link led to. */
  highlighted: boolean;
}

/** What is asked for, by whom and why it was held; and the decision. */
export function ApprovalCard({ approval, highlighted }: ApprovalCardProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (highlighted) card.current?.scrollIntoView({ block: 'nearest' });
  }, [highlighted]);
  const args = approval.arguments ?? {};
  return (
    <Card ref={card} aria-label={approval.title} className={cn('overflow-hidden', highlighted && 'border-accent')}>
      <header className="flex items-start gap-3 px-4 pt-4 pb-3">
        <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-warn-soft text-warn-text">
          <Icon name={approval.kind === 'agent' ? 'bot' : 'workflow'} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold break-words">{approval.title}</h2>
          <p className="text-text-3">
            Asked by {approval.requested_by} <Time at={approval.created_at} />
            {approval.due_at && (
              <>
                , due <Time at={approval.due_at} />
              </>
            )}
          </p>
        </div>
        <Badge>{approval.kind === 'agent' ? 'Agent' : approval.kind === 'task' ? 'Task' : 'Process'}</Badge>
      </header>
      <div className="px-4 pb-3 sm:pl-15">
        {Object.keys(args).length > 0 && (
          <div className="rounded-lg border px-3 py-1">
            <Values of={args} caption={`Arguments of ${approval.title}`} />
          </div>
        )}
        <Why approval={approval} />
      </div>
      {!approval.may_answer ? (
        <Waiting approval={approval} />
      ) : approval.form ? (
        <TaskForm approval={approval} fields={approval.form.fields} />
      ) : (
        <DecisionForm approval={approval} />
      )}
    </Card>
  );
}

function Waiting({ approval }: { approval: Approval }) {
  return (
    <p className="border-t bg-fill/60 px-4 py-3 text-text-2">
      Waiting for {approval.group ? `a member of ${approval.group}` : 'somebody who may decide it'}.
    </p>
  );
}

function Why({ approval }: { approval: Approval }) {
  const held = [approval.policy, approval.rule].filter(Boolean).join(', rule ');
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-text-3">
      {held && (
        <li className="flex items-center gap-1">
          <Icon name="shield" className="size-3.5" />
          Held by {held}
        </li>
      )}
      {approval.object_ref && <li className="font-mono break-all">{approval.object_ref}</li>}
      {approval.digest && (
        <li className="font-mono break-all" title="The digest of exactly what is approved">
          {approval.digest}
        </li>
      )}
    </ul>
  );
}
