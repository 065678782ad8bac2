import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import type { Field, FieldChange, TableSpec } from '@/api/types/records';
import { FieldValue } from '@/form/FieldValue';
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
    return (
      <EmptyState icon="clock" title="No changes recorded">
        Every change from now on is kept here.
      </EmptyState>
    );
  }
  return (
    <ol className="min-h-0 flex-1 space-y-5 overflow-y-auto px-5 py-4" tabIndex={0} aria-label="Changes">
      {groupChanges(query.data).map((group) => (
        <Entry key={group.key} group={group} fields={spec.form?.fields ?? []} />
      ))}
    </ol>
  );
}

function Entry({ group, fields }: { group: ChangeGroup; fields: Field[] }) {
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
          <Change key={change.field_name} change={change} fields={fields} />
        ))}
      </dl>
    </li>
  );
}

function Change({ change, fields }: { change: FieldChange; fields: Field[] }) {
  const field = fields.find((candidate) => candidate.name === change.field_name);
  const show = (value: unknown) => (field ? <FieldValue field={field} value={value} /> : plain(value));
  return (
    <div className="min-w-0">
      <dt className="text-xs text-text-3">{field?.label ?? words(change.field_name ?? '')}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-1.5 break-words">
        {change.operation === 'update' && (
          <>
            <del className="text-text-3">{show(change.old_value)}</del>
            <span role="img" aria-label="became">
              →
            </span>
          </>
        )}
        <span>{show(change.operation === 'delete' ? change.old_value : change.new_value)}</span>
      </dd>
    </div>
  );
}
