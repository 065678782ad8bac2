import { Link } from '@tanstack/react-router';
import type { Dependency } from '@/api/types/admin';
import { Badge, Card, CardHeader, Icon, iconOfKind, Tip } from '@/ui';

interface DependenciesProps {
  title: string;
  dependencies: Dependency[];
  none: string;
}

const outside = new Set(['api', 'agent']);

export function Dependencies({ title, dependencies, none }: DependenciesProps) {
  const ends = together(dependencies);
  return (
    <Card>
      <CardHeader title={title}>
        <span className="text-xs text-text-3 num">{ends.length}</span>
      </CardHeader>
      {ends.length === 0 && <p className="p-4 text-text-3">{none}</p>}
      <ul className="max-h-72 divide-y overflow-y-auto">
        {ends.map((dependency) => (
          <li key={dependency.ref}>
            {outside.has(dependency.type) ? (
              <span className="flex items-center gap-2 px-4 py-2">
                <Use dependency={dependency} />
              </span>
            ) : (
              <Link
                to="/objects/$ref"
                params={{ ref: dependency.ref }}
                className="flex items-center gap-2 px-4 py-2 hover:bg-fill"
              >
                <Use dependency={dependency} />
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** One line for each end, with everything that is done with it. */
function together(dependencies: Dependency[]): Dependency[] {
  const ends = new Map<string, Dependency>();
  for (const next of dependencies) {
    const known = ends.get(next.ref);
    ends.set(
      next.ref,
      known
        ? {
            ...known,
            access: `${known.access}, ${next.access}`,
            stated: known.stated || next.stated,
            observed: known.observed || next.observed,
          }
        : next,
    );
  }
  return [...ends.values()];
}

function Use({ dependency }: { dependency: Dependency }) {
  return (
    <>
      <Icon name={iconOfKind(dependency.type)} className="text-text-3" />
      <span className="min-w-0 flex-1 truncate font-mono text-xs">{dependency.ref}</span>
      {dependency.observed && (
        <Tip label={dependency.stated ? 'Stated, and seen in calls' : 'Seen in calls, not stated by the sources'}>
          <span>
            <Badge tone={dependency.stated ? 'neutral' : 'info'}>seen</Badge>
          </span>
        </Tip>
      )}
      <span className="text-xs text-text-3">{dependency.access}</span>
    </>
  );
}
