import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import { Card, EmptyState, ErrorState, SkeletonLines } from '@/ui';
import { Screen } from '../Screen';
import { ApprovalCard } from './ApprovalCard';

/** The decisions that wait for this user, the oldest first. */
export default function Approvals() {
  const query = useQuery(queries.approvals('pending'));
  const { open } = useSearch({ from: '/shell/approvals' });
  const approvals = [...(query.data ?? [])].sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
  return (
    <Screen crumbs={[{ label: 'Approvals', icon: 'hand' }]}>
      {query.isPending && <SkeletonLines count={6} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <Card>
          <EmptyState icon="hand" title="Nothing waits for you">
            When a process or an agent needs a decision from you, it is here, with what it wants to do.
          </EmptyState>
        </Card>
      )}
      <ul className="grid gap-4" aria-label="Pending approvals">
        {approvals.map((approval) => (
          <li key={approval.id} className="min-w-0">
            <ApprovalCard approval={approval} highlighted={open === approval.id} />
          </li>
        ))}
      </ul>
    </Screen>
  );
}
