import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { Button, Icon } from '@/ui';
import { useShellControls } from './controls';

export interface Crumb {
  label: string;
  to?: string;
  icon?: string;
}

/** The line above a screen: where one is, and what one can do here. The last crumb is the screen's heading. */
export function TopBar({ crumbs, children }: { crumbs: Crumb[]; children?: ReactNode }) {
  const { openMenu } = useShellControls();
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b px-4">
      <Button variant="ghost" icon className="-ml-1.5 md:hidden" aria-label="Open menu" onClick={openMenu}>
        <Icon name="menu" />
      </Button>
      <nav aria-label="Breadcrumb" className="min-w-0">
        <ol className="flex min-w-0 items-center gap-1.5">
          {crumbs.map((crumb, index) => (
            <li key={crumb.label} className="flex min-w-0 items-center gap-1.5">
              {index > 0 && <Icon name="chevron-right" className="size-3.5 text-text-3" />}
              {index < crumbs.length - 1 ? <Ancestor crumb={crumb} /> : <Here crumb={crumb} />}
            </li>
          ))}
        </ol>
      </nav>
      <div className="ml-auto flex shrink-0 items-center gap-2">{children}</div>
    </header>
  );
}

function Ancestor({ crumb }: { crumb: Crumb }) {
  const content = (
    <>
      {crumb.icon && <Icon name={crumb.icon} className="text-text-3" />}
      <span className="truncate">{crumb.label}</span>
    </>
  );
  const style = 'flex min-w-0 items-center gap-1.5 rounded-sm text-text-2';
  if (!crumb.to) return <span className={style}>{content}</span>;
  return (
    <Link to={crumb.to} className={`${style} hover:text-text`}>
      {content}
    </Link>
  );
}

function Here({ crumb }: { crumb: Crumb }) {
  return (
    <h1 className="flex min-w-0 items-center gap-1.5 font-medium" aria-current="page">
      {crumb.icon && <Icon name={crumb.icon} className="text-accent-text" />}
      <span className="truncate">{crumb.label}</span>
    </h1>
  );
}
