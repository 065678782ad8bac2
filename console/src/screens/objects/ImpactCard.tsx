import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import type { Impact } from '@/api/types/admin';
import { words } from '@/lib/format';
import { Card, CardHeader, ErrorState, SkeletonLines } from '@/ui';

/** What a change to this object would touch, directly and further on. */
export function ImpactCard({ objectRef }: { objectRef: string }) {
  const query = useQuery(queries.impact(objectRef));
  return (
    <Card>
      <CardHeader title="Impact of a change" />
      {query.isPending && <SkeletonLines count={3} />}
      {query.isError && <ErrorState error={query.error} />}
      {query.data && <Figures impact={query.data} />}
    </Card>
  );
}

function Figures({ impact }: { impact: Impact }) {
  const kinds = Object.entries(impact.breakdown).filter(([, count]) => count > 0);
  return (
    <div className="p-4">
      <p>
        <span className="text-2xl font-semibold tracking-[-0.02em] num">{impact.total}</span>{' '}
        <span className="text-text-2">
          {impact.total === 1 ? 'dependent' : 'dependents'}, {impact.direct_dependents.length} directly
        </span>
      </p>
      {kinds.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-text-2">
          {kinds.map(([type, count]) => (
            <li key={type}>
              <span className="font-medium num">{count}</span> {type === 'apis' ? 'APIs' : words(type).toLowerCase()}
            </li>
          ))}
        </ul>
      )}
      {impact.recommendation && <p className="mt-3 border-t pt-3 text-text-2">{impact.recommendation}</p>}
    </div>
  );
}
