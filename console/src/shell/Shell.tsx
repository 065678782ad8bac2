import { lazy, Suspense, useMemo, useState } from 'react';
import { Outlet, useRouteContext } from '@tanstack/react-router';
import { ShellControlsContext } from './controls';
import { MobileMenu } from './MobileMenu';
import { ProblemsBanner } from './ProblemsBanner';
import { SessionContext } from './session';
import { Sidebar } from './Sidebar';
import { useBrand } from './useBrand';
import { useCurrentApp } from './useNavigation';
import { useShortcuts } from './useShortcuts';
import { SkipLink } from './SkipLink';

const CommandPalette = lazy(() => import('./CommandPalette'));

/** The frame around every screen but the login. */
export function Shell() {
  const { session } = useRouteContext({ from: '/shell' });
  return (
    <SessionContext value={session}>
      <Frame />
    </SessionContext>
  );
}

function Frame() {
  const [palette, setPalette] = useState(false);
  const [menu, setMenu] = useState(false);
  const controls = useMemo(() => ({ openMenu: () => setMenu(true), openPalette: () => setPalette(true) }), []);
  useShortcuts(() => setPalette((open) => !open));
  useBrand(useCurrentApp()?.theme);

  return (
    <ShellControlsContext value={controls}>
      <div className="grid h-dvh grid-cols-[minmax(0,1fr)] md:grid-cols-[232px_minmax(0,1fr)]">
        <SkipLink />
        <aside aria-label="Sidebar" className="hidden min-h-0 md:block">
          <Sidebar />
        </aside>
        <MobileMenu open={menu} onClose={() => setMenu(false)} />
        <main id="main" tabIndex={-1} className="min-h-0 min-w-0 outline-none md:py-2 md:pr-2">
          <div className="flex h-full flex-col overflow-hidden bg-surface md:rounded-xl md:border md:shadow-card">
            <ProblemsBanner />
            <Outlet />
          </div>
        </main>
      </div>
      <Suspense>{palette && <CommandPalette onClose={() => setPalette(false)} />}</Suspense>
    </ShellControlsContext>
  );
}
