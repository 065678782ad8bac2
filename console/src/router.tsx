import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ApiError } from '@/api/ApiError';
import { contextPath } from '@/api/client';
import { queries } from '@/api/queries';
import { setLocale } from '@/lib/format';
import { parseSearch, stringifySearch, text } from '@/lib/search';
import { queryClient } from './queryClient';
import { NotFound } from './screens/NotFound';
import { RouteError } from './screens/RouteError';
import { Shell } from './shell/Shell';

const root = createRootRoute({ notFoundComponent: NotFound });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search) => ({
    return: text(search['return']),
    ...(text(search['problem']) ? { problem: text(search['problem']) } : {}),
  }),
  component: lazyRouteComponent(() => import('./screens/login/Login')),
});

/** Everything but the login screen: needs a session, and sends away whoever has none. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      const session = await queryClient.ensureQueryData(queries.session());
      setLocale(session.user.preferred_language);
      return { session };
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: '/login', search: { return: location.href === '/' ? undefined : location.href } });
      }
      throw error;
    }
  },
});

const screens = [
  createRoute({
    getParentRoute: () => shell,
    path: '/',
    component: lazyRouteComponent(() => import('./screens/home/Home')),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/approvals',
    validateSearch: (search) => ({ open: text(search['open']) }),
    component: lazyRouteComponent(() => import('./screens/approvals/Approvals')),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/processes',
    component: lazyRouteComponent(() => import('./screens/processes/Processes')),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/processes/$id',
    component: lazyRouteComponent(() => import('./screens/processes/ProcessPage')),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/agents',
    component: lazyRouteComponent(() => import('./screens/agents/Agents')),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/objects',
    validateSearch: (search) => ({ q: text(search['q']), type: text(search['type']) }),
    component: lazyRouteComponent(() => import('./screens/objects/Objects')),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/objects/$ref',
    component: lazyRouteComponent(() => import('./screens/objects/ObjectPage')),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/audit',
    validateSearch: (search) => ({ q: text(search['q']), verdict: text(search['verdict']) }),
    component: lazyRouteComponent(() => import('./screens/audit/Audit')),
  }),
  // The pages of the apps: /{app}{route}. The fixed screens above win over an app of the same name.
  createRoute({
    getParentRoute: () => shell,
    path: '/$',
    validateSearch: (search) => search as Record<string, string | undefined>,
    component: lazyRouteComponent(() => import('./screens/page/AppPage')),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([login, shell.addChildren([...screens])]),
  basepath: contextPath || '/',
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultErrorComponent: RouteError,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
