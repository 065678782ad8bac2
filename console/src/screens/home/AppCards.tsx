import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import type { NavApp } from '@/api/types/ui';
import { addressOf, useNavigation } from '@/shell/useNavigation';
import { Card, EmptyState, ErrorState, Icon, SkeletonLines } from '@/ui';

export function AppCards() {
  const { apps, query } = useNavigation();
  if (query.isPending) return <SkeletonLines count={3} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (apps.length === 0) {
    return (
      <Card>
        <EmptyState icon="package" title="No apps for you yet">
          An administrator gives access by adding you to a group.
        </EmptyState>
      </Card>
    );
  }
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3" aria-label="Apps">
      {apps.map((app) => (
        <li key={app.name} className="min-w-0">
          <AppCard app={app} />
        </li>
      ))}
    </ul>
  );
}

function AppCard({ app }: { app: NavApp }) {
  const brand = app.theme ? ({ '--brand-h': app.theme.h, '--brand-c': app.theme.c } as CSSProperties) : undefined;
  return (
    <Card className="h-full overflow-hidden" data-brand="" style={brand}>
      <h2 className="flex items-center gap-2.5 px-4 pt-4 pb-2 text-base font-semibold">
        <span
          className="grid size-7 place-items-center rounded-lg bg-accent text-xs font-semibold text-accent-fg"
          aria-hidden
        >
          {app.title.charAt(0)}
        </span>
        <span className="truncate">{app.title}</span>
      </h2>
      {app.pages.length === 0 ? (
        <p className="px-4 pb-4 text-text-3">No pages for you in this app.</p>
      ) : (
        <ul className="p-2 pt-0">
          {app.pages.map((page) => (
            <li key={page.name}>
              <Link
                to={addressOf(app, page)}
                className="group flex h-9 items-center gap-2.5 rounded-lg px-2.5 hover:bg-accent-soft
                  hover:text-accent-text"
              >
                <Icon name={page.icon ?? 'table'} className="text-text-3 group-hover:text-accent-text" />
                <span className="truncate">{page.title}</span>
                <Icon name="chevron-right" className="ml-auto size-3.5 text-text-3" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
