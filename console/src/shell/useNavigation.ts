import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { queries } from '@/api/queries';
import type { NavApp, NavPage } from '@/api/types/ui';
import { useIsAdmin } from './session';

export interface NavEntry {
  to: string;
  label: string;
  icon: string;
  /** The letter that opens it after G. */
  key?: string;
}

export interface NavSection {
  title: string | null;
  entries: NavEntry[];
}

const work: NavEntry[] = [
  { to: '/', label: 'Home', icon: 'home', key: 'h' },
  { to: '/approvals', label: 'Approvals', icon: 'hand', key: 'a' },
  { to: '/processes', label: 'Processes', icon: 'workflow', key: 'p' },
];

const administration: NavEntry[] = [
  { to: '/agents', label: 'Agents', icon: 'bot', key: 'g' },
  { to: '/objects', label: 'Objects', icon: 'boxes', key: 'o' },
  { to: '/audit', label: 'Audit trail', icon: 'scroll-text', key: 't' },
];

/** The console's address of an app's page. */
export const addressOf = (app: NavApp, page: NavPage) => `/${app.name}${page.route}`;

function sectionOf(app: NavApp): NavSection {
  const entries = app.pages.map((page) => ({
    to: addressOf(app, page),
    label: page.title,
    icon: page.icon ?? 'table',
  }));
  return { title: app.title, entries };
}

/** The places this user can go to: the console's screens and the pages the server lets them see. */
export function useNavigation() {
  const isAdmin = useIsAdmin();
  const navigation = useQuery(queries.navigation());
  const apps = navigation.data?.apps ?? [];
  const sections: NavSection[] = [
    { title: null, entries: work },
    ...apps.filter((app) => app.pages.length > 0).map(sectionOf),
    ...(isAdmin ? [{ title: 'Administration', entries: administration }] : []),
  ];
  return { sections, apps, platform: navigation.data?.platform, query: navigation };
}

/** The app whose page is open, if one is. */
export function useCurrentApp(): NavApp | undefined {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const { apps } = useNavigation();
  return apps.find((app) => app.pages.some((page) => isAt(pathname, addressOf(app, page))));
}

/** Whether an entry's place is the one at hand or holds it. */
export function isAt(pathname: string, to: string): boolean {
  return to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`);
}
