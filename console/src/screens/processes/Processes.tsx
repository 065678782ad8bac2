import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import type { ProcessSummary } from '@/api/types/work';
import { duration } from '@/lib/format';
import { Card, EmptyState, ErrorState, SkeletonLines, Time } from '@/ui';
import { Screen } from '../Screen';
import { nameOf } from './naming';
import { ProcessBadge } from './ProcessBadge';

export default function Processes() {
  const query = useQuery(queries.processes());
  return (
    <Screen crumbs={[{ label: 'Processes', icon: 'workflow' }]}>
      <Card className="overflow-hidden">
        {query.isPending && <SkeletonLines count={8} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.length === 0 && (
          <EmptyState icon="workflow" title="No process has run yet">
            Start one from an app, by the API, or on the command line.
          </EmptyState>
        )}
        {query.data && query.data.length > 0 && <ProcessTable processes={query.data} />}
      </Card>
    </Screen>
  );
}

function ProcessTable({ processes }: { processes: ProcessSummary[] }) {
  const head = 'h-9 border-b px-4 text-left text-xs font-medium text-text-3';
  return (
    <div className="overflow-x-auto">
      <table className="w-full">
        <caption className="sr-only">Processes</caption>
        <thead>
          <tr>
            <th scope="col" className={head}>
              Process
            </th>
            <th scope="col" className={head}>
              Status
            </th>
            <th scope="col" className={`${head} hidden md:table-cell`}>
              Step
            </th>
            <th scope="col" className={`${head} hidden md:table-cell`}>
              Started by
            </th>
            <th scope="col" className={head}>
              Started
            </th>
            <th scope="col" className={`${head} hidden text-right sm:table-cell`}>
              Took
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {processes.map((process) => (
            <ProcessRow key={process.instance_id} process={process} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ProcessRow({ process }: { process: ProcessSummary }) {
  const took = process.completed_at && Date.parse(process.completed_at) - Date.parse(process.started_at);
  return (
    <tr className="relative hover:bg-fill">
      <td className="max-w-80 px-4 py-2">
        <Link
          to="/processes/$id"
          params={{ id: process.instance_id }}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {nameOf(process)}
        </Link>
        <span className="block truncate font-mono text-2xs text-text-3">{process.process}</span>
      </td>
      <td className="px-4">
        <ProcessBadge status={process.status} />
      </td>
      <td className="hidden max-w-48 truncate px-4 text-text-2 md:table-cell">{process.current_step ?? '—'}</td>
      <td className="hidden px-4 text-text-2 md:table-cell">{process.started_by ?? '—'}</td>
      <td className="px-4">
        <Time at={process.started_at} className="text-text-2" />
      </td>
      <td className="hidden px-4 text-right whitespace-nowrap text-text-2 num sm:table-cell">
        {took ? duration(took) : '—'}
      </td>
    </tr>
  );
}
