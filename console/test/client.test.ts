import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, explain } from '@/api/ApiError';
import { call } from '@/api/client';
import { credentials } from '@/api/credentials';
import { createRecord, deleteRecord, listRecords, updateRecord } from '@/api/records';
import { login } from '@/api/session';
import { answering } from './support/fetch';

const nothing = { select: ['id'], search: [], q: '', order: undefined, limit: 25, offset: 0 };

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

afterEach(() => {
  credentials.csrfToken = undefined;
  credentials.onLost(() => {});
  vi.unstubAllGlobals();
});

describe('a call', () => {
  it('turns a problem document into an error with its parts', async () => {
    const errors = [{ path: '/email', code: 'email', message: 'Not an email address' }];
    answering(() => ({
      status: 422,
      json: { title: 'Not valid', detail: 'One field.', remedy: 'Correct it.', errors },
    }));
    const error = await failure(call('POST', '/api/x', { body: {} }));
    expect(error).toMatchObject({
      status: 422,
      title: 'Not valid',
      detail: 'One field.',
      remedy: 'Correct it.',
      errors,
    });
    expect(explain(error).detail).toBe('One field. Correct it.');
  });

  it('survives a failure without a problem document', async () => {
    answering(() => ({ status: 502 }));
    expect((await failure(call('GET', '/api/x'))).title).toBe('The server answered 502');
  });

  it('says so when the server cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    const error = await failure(call('GET', '/api/x'));
    expect(error.status).toBe(0);
    expect(error.title).toBe('The server cannot be reached');
  });

  it('carries the CSRF token when it changes something, and only then', async () => {
    const sent = answering(({ path }) =>
      path.endsWith('login') ? { json: { user: {}, csrf_token: 't0ken', expires_at: '' } } : { json: {} },
    );
    await login('ada', 'secret');
    await call('GET', '/api/x');
    await call('PATCH', '/api/x', { body: { a: 1 } });
    expect(sent.map(({ headers }) => headers['X-CSRF-Token'])).toEqual([undefined, undefined, 't0ken']);
  });

  it('reports a lost session on 401, but not when a login is refused', async () => {
    const lost = vi.fn();
    credentials.onLost(lost);
    answering(() => ({ status: 401, json: { title: 'No' } }));
    await failure(login('ada', 'wrong'));
    expect(lost).not.toHaveBeenCalled();
    await failure(call('GET', '/api/x'));
    expect(lost).toHaveBeenCalledOnce();
  });
});

describe('the record calls', () => {
  it('count exactly and read the total from the header', async () => {
    const sent = answering(() => ({ json: [{ id: 1, version: 1 }], headers: { 'Content-Range': '0-0/59' } }));
    expect(await listRecords('/c', nothing)).toEqual({ rows: [{ id: 1, version: 1 }], total: 59 });
    expect(sent[0]?.headers['Prefer']).toBe('count=exact');
  });

  it('take a page past the end for an empty one', async () => {
    answering(() => ({ status: 416, json: { title: 'Past the end' } }));
    expect(await listRecords('/c', nothing)).toEqual({ rows: [], total: null });
  });

  it('send an update with the version it started from', async () => {
    const sent = answering(() => ({ json: { id: 7, version: 4 } }));
    await updateRecord('/c', '7', 3, { city: 'Ulm' });
    expect(sent[0]).toMatchObject({ method: 'PATCH', path: '/c/7', body: { city: 'Ulm' } });
    expect(sent[0]?.headers['If-Match']).toBe('"3"');
  });

  it('read the one record out of the array a creation answers', async () => {
    const sent = answering(() => ({ status: 201, json: [{ id: 60, version: 1 }] }));
    expect(await createRecord('/c', { city: 'Ulm' })).toEqual({ id: 60, version: 1 });
    expect(sent[0]?.headers['Prefer']).toBe('return=representation');
  });

  it('accept the empty answer to a deletion', async () => {
    answering(() => ({ status: 204 }));
    await expect(deleteRecord('/c', '7', 3)).resolves.toBeUndefined();
  });
});
