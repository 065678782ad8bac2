import { ApiError } from './ApiError';
import { call } from './client';
import { paths } from './paths';
import { listPath, totalOf, type ListQuery } from './recordQuery';
import type { FieldChange, RecordRow } from './types/records';
import type { Items } from './types/work';

export interface RecordPage {
  rows: RecordRow[];
  total: number | null;
}

export async function listRecords(src: string, query: ListQuery, signal?: AbortSignal): Promise<RecordPage> {
  try {
    const answer = await call<RecordRow[]>('GET', listPath(src, query), {
      headers: { Prefer: 'count=exact' },
      signal,
    });
    return { rows: answer.body, total: totalOf(answer.headers.get('Content-Range')) };
  } catch (error) {
    // A page past the end, after rows were deleted or the search narrowed: an empty page, not a failure.
    if (error instanceof ApiError && error.status === 416) return { rows: [], total: null };
    throw error;
  }
}

export async function getRecord(src: string, id: string, signal?: AbortSignal): Promise<RecordRow> {
  return (await call<RecordRow>('GET', paths.record(src, id), { signal })).body;
}

export async function createRecord(src: string, body: Record<string, unknown>): Promise<RecordRow> {
  const headers = { Prefer: 'return=representation' };
  const answer = await call<RecordRow[] | RecordRow>('POST', src, { body, headers });
  const record = Array.isArray(answer.body) ? answer.body[0] : answer.body;
  if (!record) throw new ApiError(502, { title: 'The server did not return the new record' });
  return record;
}

/** Sends the changed fields only. A record that has moved past `version` is refused with 412. */
export async function updateRecord(
  src: string,
  id: string,
  version: number,
  changes: Record<string, unknown>,
): Promise<RecordRow> {
  const headers = { 'If-Match': `"${version}"`, Prefer: 'return=representation' };
  const answer = await call<RecordRow[] | RecordRow>('PATCH', paths.record(src, id), { body: changes, headers });
  const record = Array.isArray(answer.body) ? answer.body[0] : answer.body;
  return record ?? getRecord(src, id);
}

export async function deleteRecord(src: string, id: string, version: number): Promise<void> {
  await call('DELETE', paths.record(src, id), { headers: { 'If-Match': `"${version}"` } });
}

export async function getHistory(src: string, id: string, signal?: AbortSignal): Promise<FieldChange[]> {
  return (await call<Items<FieldChange>>('GET', paths.recordAudit(src, id), { signal })).body.items;
}
