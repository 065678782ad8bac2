import { queryOptions } from '@tanstack/react-query';
import { call } from './client';
import { paths } from './paths';
import { getHistory, getRecord, listRecords } from './records';
import type { ListQuery } from './recordQuery';
import { currentSession } from './session';
import type { Agent, AuditEntry, CompileFault, Impact, ObjectDetail, ObjectSummary } from './types/admin';
import type { OwnSession, Provider, SecondFactor } from './types/session';
import type { Navigation, PageDocument } from './types/ui';
import type { Approval, Items, ProcessInstance, ProcessSummary, Step } from './types/work';

const PROCESS_LIMIT = 50;
const AUDIT_LIMIT = 100;
const LIVE_MS = 2_000;
const LIST_LIVE_MS = 10_000;

const unfinished = (status: string | undefined) => status === 'running' || status === 'waiting';

function fetching<T>(path: string) {
  return async ({ signal }: { signal: AbortSignal }) => (await call<T>('GET', path, { signal })).body;
}

function fetchingItems<T>(path: string) {
  return async ({ signal }: { signal: AbortSignal }) => (await call<Items<T>>('GET', path, { signal })).body.items;
}

/** Every read of the console, by the key under which its answer is kept. */
export const queries = {
  session: () => queryOptions({ queryKey: ['session'], queryFn: currentSession, staleTime: Infinity, retry: false }),

  providers: () =>
    queryOptions({
      queryKey: ['providers'],
      queryFn: async () => (await call<Items<Provider>>('GET', paths.providers, { anonymous: true })).body.items,
      staleTime: Infinity,
      retry: false,
    }),

  sessions: () => queryOptions({ queryKey: ['sessions'], queryFn: fetchingItems<OwnSession>(paths.sessions) }),

  secondFactor: () =>
    queryOptions({ queryKey: ['second-factor'], queryFn: fetching<SecondFactor>(paths.secondFactor) }),

  navigation: () =>
    queryOptions({ queryKey: ['navigation'], queryFn: fetching<Navigation>(paths.navigation), staleTime: 60_000 }),

  page: (app: string, page: string) =>
    queryOptions({
      queryKey: ['page', app, page],
      queryFn: fetching<PageDocument>(paths.page(app, page)),
    }),

  records: (src: string, query: ListQuery) =>
    queryOptions({
      queryKey: ['records', src, query],
      queryFn: ({ signal }) => listRecords(src, query, signal),
    }),

  record: (src: string, id: string) =>
    queryOptions({ queryKey: ['record', src, id], queryFn: ({ signal }) => getRecord(src, id, signal) }),

  history: (src: string, id: string) =>
    queryOptions({ queryKey: ['history', src, id], queryFn: ({ signal }) => getHistory(src, id, signal) }),

  approvals: (status: string) =>
    queryOptions({
      queryKey: ['approvals', status],
      queryFn: fetchingItems<Approval>(paths.approvals(status)),
      refetchInterval: LIST_LIVE_MS,
    }),

  processes: () =>
    queryOptions({
      queryKey: ['processes'],
      queryFn: fetchingItems<ProcessSummary>(paths.processes(PROCESS_LIMIT)),
      refetchInterval: (query) =>
        query.state.data?.some((process) => unfinished(process.status)) ? LIVE_MS : LIST_LIVE_MS,
    }),

  process: (id: string) =>
    queryOptions({
      queryKey: ['process', id],
      queryFn: fetching<ProcessInstance>(paths.process(id)),
      refetchInterval: (query) => (unfinished(query.state.data?.status) ? LIVE_MS : false),
    }),

  processSteps: (id: string, live: boolean) =>
    queryOptions({
      queryKey: ['process-steps', id],
      queryFn: fetchingItems<Step>(paths.processSteps(id)),
      refetchInterval: live ? LIVE_MS : false,
    }),

  agents: () => queryOptions({ queryKey: ['agents'], queryFn: fetchingItems<Agent>(paths.agents) }),

  objects: () => queryOptions({ queryKey: ['objects'], queryFn: fetchingItems<ObjectSummary>(paths.objects) }),

  object: (ref: string) =>
    queryOptions({ queryKey: ['object', ref], queryFn: fetching<ObjectDetail>(paths.object(ref)) }),

  impact: (ref: string) =>
    queryOptions({ queryKey: ['impact', ref], queryFn: fetching<Impact>(paths.objectImpact(ref)) }),

  audit: () => queryOptions({ queryKey: ['audit'], queryFn: fetchingItems<AuditEntry>(paths.audit(AUDIT_LIMIT)) }),

  problems: () =>
    queryOptions({
      queryKey: ['problems'],
      queryFn: fetchingItems<CompileFault>(paths.problems),
      refetchInterval: LIST_LIVE_MS,
    }),
};
