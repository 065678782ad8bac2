import { useId } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import { cn } from '@/lib/cn';
import { Badge, Icon } from '@/ui';
import { isAt, type NavEntry, type NavSection } from './useNavigation';

interface NavListProps {
  section: NavSection;
  onNavigate?: (() => void) | undefined;
}

export function NavList({ section, onNavigate }: NavListProps) {
  const id = useId();
  return (
    <div className="pt-4 first:pt-0">
      {section.title && (
        <h2 id={id} className="truncate px-2 pb-1 text-xs font-medium text-text-3">
          {section.title}
        </h2>
      )}
      <ul className="space-y-px" aria-labelledby={section.title ? id : undefined}>
        {section.entries.map((entry) => (
          <li key={entry.to}>
            <NavLink entry={entry} onNavigate={onNavigate} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function NavLink({ entry, onNavigate }: { entry: NavEntry; onNavigate?: (() => void) | undefined }) {
  const active = useRouterState({ select: (state) => isAt(state.location.pathname, entry.to) });
  return (
    <Link
      to={entry.to}
      onClick={onNavigate}
      aria-current={active ? 'page' : undefined}
      className={cn(
        'group flex h-[30px] items-center gap-2 rounded-md px-2 text-text-2 hover:bg-fill-2/60 hover:text-text',
        active && 'bg-fill-2 font-medium text-text hover:bg-fill-2',
      )}
    >
      <Icon name={entry.icon} className={active ? 'text-accent-text' : 'text-text-3 group-hover:text-text-2'} />
      <span className="truncate">{entry.label}</span>
      {entry.to === '/approvals' && <PendingCount />}
    </Link>
  );
}

function PendingCount() {
  const { data } = useQuery(queries.approvals('pending'));
  const mine = data?.filter((approval) => approval.may_answer).length ?? 0;
  if (mine === 0) return null;
  return (
    <Badge tone="warn" className="ml-auto h-[18px] px-1.5 text-2xs num">
      {mine}
      <span className="sr-only"> waiting</span>
    </Badge>
  );
}
