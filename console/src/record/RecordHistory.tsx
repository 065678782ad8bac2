import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import type { FieldChange, TableSpec } from '@/api/types/records';
import { words } from '@/lib/format';
import { Badge, EmptyState, ErrorState, SkeletonLines, Time, plain, type Tone } from '@/ui';
import { groupChanges, type ChangeGroup } from './groupChanges';

const tones: Record<FieldChange['operation'], [Tone, string]> = {
  create: ['ok', 'Created'],
  update: ['info', 'Changed'],
  delete: ['bad', 'Deleted'],
};

/** Who changed what, when: the newest first, one entry for each version. */
export function RecordHistory({ spec, id }: { spec: TableSpec; id: string }) {
  const query = useQuery(queries.history(spec.src, id));
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonLines count={6} />;
  if (query.data.length === 0) {
    return <EmptyState icon="clock" title="No changes recorded">Every change from now on is kept here.</EmptyState>;
  }
  return (
    <ol className="min-h-0 flex-1 space-y-5 overflow-y-auto px-5 py-4" tabIndex={0} aria-label="Changes">
      {groupChanges(query.data).map((group) => (
        <Entry key={group.key} group={group} labelOf={(name) => labelOf(spec, name)} />
      ))}
    </ol>
  );
}

function labelOf(spec: TableSpec, name: string): string {
  return spec.form?.fields.find((field) => field.name === name)?.label ?? words(name);
}

function Entry({ group, labelOf }: { group: ChangeGroup; labelOf: (name: string) => string }) {
  const [tone, word] = tones[group.operation] ?? tones.update;
  return (
    <li>
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{word}</Badge>
        <span className="font-medium">{group.by ?? 'the platform'}</span>
        <Time at={group.at} className="text-xs text-text-3" />
      </p>
      <dl className="mt-1.5 space-y-1 border-l pl-3">
        {group.changes.map((change) => (
          <div key={change.field_name} className="min-w-0">
            <dt className="text-xs text-text-3">{labelOf(change.field_name!)}</dt>
            <dd className="flex flex-wrap items-baseline gap-x-1.5 break-words">
              {group.operation === 'update' && (
                <>
                  <del className="text-text-3">{plain(change.old_value)}</del>
                  <span aria-label="became">→</span>
                </>
              )}
              <span>{plain(group.operation === 'delete' ? change.old_value : change.new_value)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
