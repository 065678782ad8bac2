import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import { Card, EmptyState, ErrorState, SkeletonLines } from '@/ui';
import { Screen } from '../Screen';
import { AgentCard } from './AgentCard';

export default function Agents() {
  const query = useQuery(queries.agents());
  return (
    <Screen crumbs={[{ label: 'Agents', icon: 'bot' }]}>
      {query.isPending && <SkeletonLines count={6} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <Card>
          <EmptyState icon="bot" title="No agents yet">
            An agent is registered over the API: POST /api/v1/agents. It then acts under its policies and its budget.
          </EmptyState>
        </Card>
      )}
      <ul className="grid items-start gap-4 md:grid-cols-2" aria-label="Agents">
        {query.data?.map((agent) => (
          <li key={agent.name} className="min-w-0">
            <AgentCard agent={agent} />
          </li>
        ))}
      </ul>
    </Screen>
  );
}
