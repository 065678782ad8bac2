import { Link } from '@tanstack/react-router';
import type { Dependency } from '@/api/types/admin';
import { Card, CardHeader } from '@/ui';

interface DependenciesProps {
  title: string;
  dependencies: Dependency[];
  none: string;
}

export function Dependencies({ title, dependencies, none }: DependenciesProps) {
  return (
    <Card>
      <CardHeader title={title}>
        <span className="text-xs text-text-3 num">{dependencies.length}</span>
      </CardHeader>
      {dependencies.length === 0 && <p className="p-4 text-text-3">{none}</p>}
      <ul className="max-h-72 divide-y overflow-y-auto">
        {dependencies.map((dependency) => (
          <li key={`${dependency.ref}/${dependency.access}`}>
            <Link
              to="/objects/$ref"
              params={{ ref: dependency.ref }}
              className="flex items-center gap-2 px-4 py-2 hover:bg-fill"
            >
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{dependency.ref}</span>
              <span className="text-xs text-text-3">{dependency.access}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
