import type { ReactNode } from 'react';
import { useTitle } from '@/lib/useTitle';
import { TopBar, type Crumb } from '@/shell/TopBar';

interface ScreenProps {
  crumbs: Crumb[];
  actions?: ReactNode;
  children: ReactNode;
}

/** One of the console's own screens: the bar, the document's title, and a column of content that scrolls. */
export function Screen({ crumbs, actions, children }: ScreenProps) {
  useTitle(...crumbs.map((crumb) => crumb.label).reverse());
  return (
    <>
      <TopBar crumbs={crumbs}>{actions}</TopBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-[1120px] flex-col gap-4 p-3 sm:p-5">{children}</div>
      </div>
    </>
  );
}
