import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import type { NavApp, NavPage } from '@/api/types/ui';
import { useTitle } from '@/lib/useTitle';
import { DrawerSlotContext } from '@/record/slot';
import { addressOf, useNavigation } from '@/shell/useNavigation';
import { TopBar } from '@/shell/TopBar';
import { ErrorState, SkeletonLines } from '@/ui';
import { FirstTableContext } from '@/tree/scope';
import { firstTable } from '@/tree/tableSpec';
import { Renderer } from '@/tree/Renderer';
import { NotFound } from '../NotFound';

const KNOWN_VERSION = 1;

/** A page of an app, found by its address among the pages the server lets this user see. */
export default function AppPage() {
  const { _splat } = useParams({ strict: false });
  const { apps, query } = useNavigation();
  if (query.isPending) return <SkeletonLines count={6} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const address = `/${(_splat ?? '').replace(/\/$/, '')}`;
  for (const app of apps) {
    const page = app.pages.find((candidate) => addressOf(app, candidate) === address);
    if (page) return <DeclaredPage key={address} app={app} page={page} />;
  }
  return <NotFound />;
}

function DeclaredPage({ app, page }: { app: NavApp; page: NavPage }) {
  const query = useQuery(queries.page(app.name, page.name));
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useTitle(page.title, app.title);
  return (
    <>
      <TopBar crumbs={[{ label: app.title, icon: page.icon ?? 'table' }, { label: page.title }]} />
      <div ref={setSlot} className="group/slot relative min-h-0 flex-1">
        {/* On a wide screen the list makes room for the record. */}
        <div className="absolute inset-0 overflow-y-auto 2xl:group-has-[>aside]/slot:right-[480px]">
          {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
          {query.isPending && <SkeletonLines count={10} className="p-6" />}
          {query.data && query.data.v > KNOWN_VERSION && <NewerServer />}
          {query.data && (
            <DrawerSlotContext value={slot}>
              <FirstTableContext value={firstTable(query.data.root)}>
                <Renderer node={query.data.root} />
              </FirstTableContext>
            </DrawerSlotContext>
          )}
        </div>
      </div>
    </>
  );
}

function NewerServer() {
  return (
    <p role="status" className="border-b bg-info-soft px-4 py-2 text-info-text">
      The server is newer than this console. Reload the page to see all of it.
    </p>
  );
}
