import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import type { AuditEntry } from '@/api/types/admin';
import { Button, Card, EmptyState, ErrorState, Icon, SkeletonLines } from '@/ui';
import { Choice } from '../Choice';
import { FilterBox } from '../FilterBox';
import { Screen } from '../Screen';
import { AuditTable } from './AuditTable';
import { verdicts } from './verdicts';

/** The latest decisions of the platform: who wanted to do what to which object, and whether they could. */
export default function Audit() {
  const query = useQuery(queries.audit());
  const { q = '', verdict } = useSearch({ from: '/shell/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const show = (patch: { q?: string | undefined; verdict?: string | undefined }) =>
    void navigate({ search: (current) => ({ ...current, ...patch }), replace: true });
  const found = query.data?.filter((entry) => (!verdict || entry.verdict === verdict) && matches(entry, q));
  const refresh = (
    <Button variant="ghost" disabled={query.isFetching} onClick={() => void query.refetch()}>
      <Icon name="refresh-cw" />
      Refresh
    </Button>
  );

  return (
    <Screen crumbs={[{ label: 'Audit trail', icon: 'scroll-text' }]} actions={refresh}>
      <div className="flex flex-wrap items-center gap-3">
        <FilterBox
          label="Filter decisions"
          value={q}
          onChange={(text) => show({ q: text || undefined })}
          className="w-full sm:w-72"
        />
        <Choice
          label="Verdict"
          value={verdict}
          onChange={(value) => show({ verdict: value })}
          options={[
            { value: undefined, label: 'All' },
            ...Object.entries(verdicts).map(([value, { word }]) => ({ value, label: word })),
          ]}
        />
        {found && <span className="ml-auto text-xs text-text-3 num">The latest {found.length}</span>}
      </div>
      <Card className="overflow-hidden">
        {query.isPending && <SkeletonLines count={10} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {found?.length === 0 && (
          <EmptyState
            icon="scroll-text"
            title={query.data?.length === 0 ? 'Nothing was decided yet' : 'No decision matches'}
          />
        )}
        {found && found.length > 0 && <AuditTable entries={found} />}
      </Card>
    </Screen>
  );
}

function matches(entry: AuditEntry, q: string): boolean {
  const text = [entry.principal, entry.on_behalf_of, entry.action, entry.object_ref, entry.rule, entry.execution_id]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
