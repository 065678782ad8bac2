import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import type { ObjectDetail } from '@/api/types/admin';
import { words } from '@/lib/format';
import { Badge, Card, ErrorState, Icon, iconOfKind, SkeletonLines } from '@/ui';
import { Screen } from '../Screen';
import { Changes } from './Changes';
import { Dependencies } from './Dependencies';
import { ImpactCard } from './ImpactCard';
import { Source } from './Source';

/** One object: its source, what it uses, what uses it, and what a change to it would touch. */
export default function ObjectPage() {
  const { ref } = useParams({ from: '/shell/objects/$ref' });
  const query = useQuery(queries.object(ref));
  return (
    <Screen crumbs={[{ label: 'Objects', icon: 'boxes', to: '/objects' }, { label: ref }]}>
      {query.isPending && <SkeletonLines count={8} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Detail object={query.data} />}
    </Screen>
  );
}

function Detail({ object }: { object: ObjectDetail }) {
  return (
    <>
      <Card className="flex flex-wrap items-center gap-3 p-4">
        <span className="grid size-9 place-items-center rounded-lg bg-accent-soft text-accent-text">
          <Icon name={iconOfKind(object.type)} className="size-[18px]" />
        </span>
        <div className="min-w-0 flex-1">
          <p className="text-lg font-semibold tracking-tight break-words">{object.name}</p>
          <p className="font-mono text-xs break-all text-text-3">{object.file ?? object.ref}</p>
        </div>
        <Badge>{words(object.type)}</Badge>
      </Card>
      {object.cycles.map((cycle) => (
        <p key={cycle.join()} role="note" className="rounded-xl border bg-warn-soft px-4 py-3 text-warn-text">
          {cycle.length === 1 ? 'It calls itself.' : `It is part of a circle: ${cycle.join(', ')}.`}
        </p>
      ))}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <div className="space-y-4">
          <Dependencies title="Uses" dependencies={object.direct_dependencies} none="Uses no other object." />
          <ImpactCard objectRef={object.ref} />
        </div>
        <div className="space-y-4">
          <Dependencies title="Used by" dependencies={object.dependents} none="Nothing uses it." />
          <Changes changes={object.changes} />
        </div>
      </div>
      {object.source !== null && <Source text={object.source} file={object.file} />}
    </>
  );
}
