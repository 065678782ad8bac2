import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import { Card, CardHeader, EmptyState, ErrorState, Icon, SkeletonLines, Time } from '@/ui';

const SHOWN = 5;

export function PendingApprovals() {
  const query = useQuery(queries.approvals('pending'));
  return (
    <Card>
      <CardHeader title="Waiting for you">
        <Link to="/approvals" search={{ open: undefined }} className="text-xs text-text-3 hover:text-accent-text">
          All approvals
        </Link>
      </CardHeader>
      {query.isPending && <SkeletonLines count={3} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <EmptyState icon="hand" title="Nothing waits for you">
          When a process or an agent needs a decision, it is here.
        </EmptyState>
      )}
      <ul className="divide-y">
        {query.data?.slice(0, SHOWN).map((approval) => (
          <li key={approval.id}>
            <Link
              to="/approvals"
              search={{ open: approval.id }}
              className="flex items-center gap-2.5 px-4 py-2.5 hover:bg-fill"
            >
              <Icon name={approval.kind === 'agent' ? 'bot' : 'workflow'} className="text-text-3" />
              <span className="min-w-0 flex-1 truncate font-medium">{approval.title}</span>
              <Time at={approval.created_at} className="text-xs text-text-3" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
