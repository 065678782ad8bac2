import { Link } from '@tanstack/react-router';
import { modKey } from '@/lib/keys';
import { Icon, Kbd, Mark, SkeletonLines } from '@/ui';
import { useShellControls } from './controls';
import { NavList } from './NavList';
import { useNavigation } from './useNavigation';
import { UserMenu } from './UserMenu';

export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const { sections, platform, query } = useNavigation();
  const { openPalette } = useShellControls();
  const search = () => {
    onNavigate?.();
    openPalette();
  };

  return (
    <div className="flex h-full flex-col">
      <div className="flex h-12 shrink-0 items-center px-3">
        <Link to="/" onClick={onNavigate} className="flex min-w-0 items-center gap-2 rounded-md px-1.5 py-1">
          <Mark />
          <span className="truncate font-semibold">{platform?.name ?? 'AppOS'}</span>
        </Link>
      </div>
      <div className="px-3 pb-2">
        <button
          type="button"
          onClick={search}
          className="flex h-8 w-full items-center gap-2 rounded-md border bg-surface px-2 text-text-3 shadow-card
            hover:border-line-strong"
        >
          <Icon name="search" className="size-3.5" />
          <span>Go to…</span>
          <span className="ml-auto hidden gap-0.5 md:flex" aria-hidden>
            <Kbd>{modKey}</Kbd>
            <Kbd>K</Kbd>
          </span>
        </button>
      </div>
      <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto px-3 pt-1 pb-4">
        {sections.map((section) => (
          <NavList key={section.title ?? ''} section={section} onNavigate={onNavigate} />
        ))}
        {query.isPending && <SkeletonLines count={4} className="px-2" />}
      </nav>
      <UserMenu />
    </div>
  );
}
