import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import { Card, CardHeader, EmptyState, ErrorState, SkeletonLines, Time } from '@/ui';
import { ProcessBadge } from '../processes/ProcessBadge';
import { nameOf } from '../processes/naming';

const SHOWN = 6;

export function RecentProcesses() {
  const query = useQuery(queries.processes());
  return (
    <Card>
      <CardHeader title="Recent processes">
        <Link to="/processes" className="text-xs text-text-3 hover:text-accent-text">
          All processes
        </Link>
      </CardHeader>
      {query.isPending && <SkeletonLines count={3} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <EmptyState icon="workflow" title="No process has run yet">
          Every process that is started appears here with its steps.
        </EmptyState>
      )}
      <ul className="divide-y">
        {query.data?.slice(0, SHOWN).map((process) => (
          <li key={process.instance_id}>
            <Link
              to="/processes/$id"
              params={{ id: process.instance_id }}
              className="flex items-center gap-2.5 px-4 py-2.5 hover:bg-fill"
            >
              <span className="min-w-0 flex-1 truncate font-medium">{nameOf(process)}</span>
              <ProcessBadge status={process.status} />
              <Time at={process.started_at} className="w-20 text-right text-xs text-text-3" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
