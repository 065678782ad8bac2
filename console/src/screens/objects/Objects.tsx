import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import type { ObjectSummary } from '@/api/types/admin';
import { words } from '@/lib/format';
import { Card, CardHeader, EmptyState, ErrorState, Icon, iconOfKind, SkeletonLines } from '@/ui';
import { Choice } from '../Choice';
import { FilterBox } from '../FilterBox';
import { Screen } from '../Screen';
import { AskBox } from './AskBox';

/** Everything the apps declare, by kind. */
export default function Objects() {
  const query = useQuery(queries.objects());
  const { q = '', type } = useSearch({ from: '/shell/objects' });
  const navigate = useNavigate({ from: '/objects' });
  const all = query.data ?? [];
  const types = [...new Set(all.map((object) => object.type))].sort();
  const found = all.filter((object) => (!type || object.type === type) && matches(object, q));
  const show = (patch: { q?: string | undefined; type?: string | undefined }) =>
    void navigate({ search: (current) => ({ ...current, ...patch }), replace: true });

  return (
    <Screen crumbs={[{ label: 'Objects', icon: 'boxes' }]}>
      <AskBox />
      <div className="flex flex-wrap items-center gap-3">
        <FilterBox
          label="Search objects"
          value={q}
          onChange={(text) => show({ q: text || undefined })}
          className="w-full sm:w-72"
        />
        <Choice
          label="Kind"
          value={type}
          onChange={(value) => show({ type: value })}
          options={[{ value: undefined, label: 'All' }, ...types.map((value) => ({ value, label: words(value) }))]}
        />
      </div>
      {query.isPending && <SkeletonLines count={8} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && found.length === 0 && (
        <Card>
          <EmptyState icon="boxes" title={all.length === 0 ? 'No app is loaded' : 'No object matches'} />
        </Card>
      )}
      {types.map((kind) => (
        <Kind key={kind} kind={kind} objects={found.filter((object) => object.type === kind)} />
      ))}
    </Screen>
  );
}

function matches(object: ObjectSummary, q: string): boolean {
  const text = `${object.ref} ${object.title ?? ''}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Kind({ kind, objects }: { kind: string; objects: ObjectSummary[] }) {
  if (objects.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader title={words(kind)}>
        <span className="text-xs text-text-3 num">{objects.length}</span>
      </CardHeader>
      <ul className="divide-y">
        {objects.map((object) => (
          <li key={object.ref}>
            <Link
              to="/objects/$ref"
              params={{ ref: object.ref }}
              className="flex min-h-10 flex-wrap items-center gap-x-2.5 px-4 py-1.5 hover:bg-fill"
            >
              <Icon name={iconOfKind(kind)} className="text-text-3" />
              <span className="font-medium">{object.title || object.name}</span>
              <span className="ml-auto min-w-0 truncate font-mono text-xs text-text-3">{object.ref}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
