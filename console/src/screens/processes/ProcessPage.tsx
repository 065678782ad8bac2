import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import type { ProcessInstance } from '@/api/types/work';
import { duration } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { Card, CardHeader, ErrorState, SkeletonLines, Time } from '@/ui';
import { Screen } from '../Screen';
import { nameOf } from './naming';
import { ProcessBadge } from './ProcessBadge';
import { ProcessData } from './ProcessData';
import { Timeline } from './Timeline';

const TICK_MS = 1_000;

export default function ProcessPage() {
  const { id } = useParams({ from: '/shell/processes/$id' });
  const query = useQuery(queries.process(id));
  const process = query.data;
  const crumbs = [
    { label: 'Processes', icon: 'workflow', to: '/processes' },
    { label: process ? nameOf(process) : id },
  ];
  return (
    <Screen crumbs={crumbs}>
      {query.isPending && <SkeletonLines count={8} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {process && (
        <>
          <Summary process={process} />
          <Steps process={process} />
          <ProcessData process={process} />
        </>
      )}
    </Screen>
  );
}

function Summary({ process }: { process: ProcessInstance }) {
  const took = process.completed_at && Date.parse(process.completed_at) - Date.parse(process.started_at);
  return (
    <Card className="p-4">
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-lg font-semibold tracking-tight">{nameOf(process)}</p>
        <ProcessBadge status={process.status} />
      </div>
      <p className="mt-0.5 font-mono text-xs break-all text-text-3">
        {process.process} · {process.instance_id}
      </p>
      <dl className="mt-4 flex flex-wrap gap-x-10 gap-y-3">
        <Fact label="Started">
          <Time at={process.started_at} />
        </Fact>
        <Fact label="Started by">{process.started_by ?? '—'}</Fact>
        <Fact label="Triggered by">{process.triggered_by ?? '—'}</Fact>
        {process.current_step && <Fact label="Current step">{process.current_step}</Fact>}
        {took !== null && took !== '' && <Fact label="Took">{duration(took)}</Fact>}
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-text-3">{label}</dt>
      <dd className="font-medium num">{children}</dd>
    </div>
  );
}

function Steps({ process }: { process: ProcessInstance }) {
  const live = process.status === 'running' || process.status === 'waiting';
  const query = useQuery(queries.processSteps(process.instance_id, live));
  const tick = useNow(TICK_MS);
  const now = live || !process.completed_at ? tick : Date.parse(process.completed_at);
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Timeline">
        {live && <span className="text-xs text-text-3">Renewed every 2 seconds</span>}
      </CardHeader>
      {query.isPending && <SkeletonLines count={4} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Timeline steps={query.data} startedAt={process.started_at} now={now} />}
    </Card>
  );
}
