import type { Agent } from '@/api/types/admin';
import { Avatar, Badge, Card, Icon } from '@/ui';
import { words } from '@/lib/format';
import { BudgetMeter } from './BudgetMeter';

export function AgentCard({ agent }: { agent: Agent }) {
  return (
    <Card aria-label={agent.name} className="p-4">
      <header className="flex items-start gap-3">
        <Avatar name={agent.name} square className="size-9 rounded-lg text-xs" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">{agent.name}</h2>
          <p className="text-text-3">{agent.description || words(agent.type)}</p>
        </div>
        <Badge tone={agent.status === 'active' ? 'ok' : 'neutral'} dot>
          {words(agent.status)}
        </Badge>
      </header>
      <dl className="mt-4 grid gap-3">
        {agent.budget && (
          <div>
            <dt className="sr-only">Budget</dt>
            <dd>
              <BudgetMeter agent={agent.name} budget={agent.budget} />
            </dd>
          </div>
        )}
        {agent.runs_as && (
          <div className="flex gap-2">
            <dt className="w-16 shrink-0 text-text-3">Runs as</dt>
            <dd>{agent.runs_as}</dd>
          </div>
        )}
        <Names
          label="Policies"
          icon="shield"
          names={agent.policies}
          none="None: every action is judged by the defaults"
        />
        <Names
          label="Skills"
          icon="wrench"
          names={agent.skills ?? []}
          none={agent.skills === null ? 'Everything its account may' : 'None'}
        />
      </dl>
    </Card>
  );
}

interface NamesProps {
  label: string;
  icon: string;
  names: string[];
  none: string;
}

function Names({ label, icon, names, none }: NamesProps) {
  return (
    <div className="flex gap-2">
      <dt className="w-16 shrink-0 text-text-3">{label}</dt>
      <dd className="flex min-w-0 flex-wrap gap-1">
        {names.length === 0 && <span className="text-text-3">{none}</span>}
        {names.map((name) => (
          <span
            key={name}
            className="inline-flex min-h-5 items-center gap-1 rounded-md border px-1.5 font-mono text-2xs break-all"
          >
            <Icon name={icon} className="size-3 text-text-3" />
            {name}
          </span>
        ))}
      </dd>
    </div>
  );
}
