// A public PostgREST client's own idioms, unchanged. What it does not say here, it says in its documentation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PostgrestClient } from '@supabase/postgrest-js';
import { Platform } from '../harness.mjs';

let platform;
let billing;
let crm;
let reader;

before(async () => {
  platform = await Platform.start();
  const admin = await platform.admin();
  const editor = await platform.user(admin, 'eddie', ['crm_admins', 'crm_users', 'billing_admins', 'billing_users']);
  const rita = await platform.user(admin, 'rita', ['crm_users']);
  const client = (user, app) =>
    new PostgrestClient(`${platform.url}/api/${app}/v1`, { headers: { 'X-API-Key': user.key } });
  billing = client(editor, 'billing');
  crm = client(editor, 'crm');
  reader = client(rita, 'crm');
});
after(() => platform?.stop());

/** The data of an answer that has to be good. */
const good = (answer) => {
  assert.equal(answer.error, null, JSON.stringify(answer.error));
  return answer.data;
};

test('select: all, some, renamed', async () => {
  assert.equal(good(await billing.from('genres').select()).length, 25);
  const some = good(await billing.from('genres').select('id,name').limit(2).order('id'));
  assert.deepEqual(some, [{ id: 1, name: 'Rock' }, { id: 2, name: 'Jazz' }]);
});

test('embed: a record that is referred to', async () => {
  const [track] = good(await billing.from('tracks').select('name,album(title)').eq('id', 1));
  assert.deepEqual(track, { name: 'For Those About To Rock (We Salute You)',
    album: { title: 'For Those About To Rock We Salute You' } });
});

test('filters: one for each of the client', async () => {
  const ids = async (query) => good(await query.order('id').limit(5)).map((row) => row.id);
  const genres = () => billing.from('genres').select('id');
  assert.deepEqual(await ids(genres().eq('name', 'Jazz')), [2]);
  assert.deepEqual(await ids(genres().neq('id', 1).lt('id', 4)), [2, 3]);
  assert.deepEqual(await ids(genres().gt('id', 23)), [24, 25]);
  assert.deepEqual(await ids(genres().gte('id', 24).lte('id', 24)), [24]);
  assert.deepEqual(await ids(genres().like('name', 'Ro%')), [1, 5]);
  assert.deepEqual(await ids(genres().ilike('name', 'JA%')), [2]);
  assert.deepEqual(await ids(genres().in('id', [3, 2])), [2, 3]);
  assert.deepEqual(await ids(genres().in('name', ['Jazz', 'R&B/Soul'])), [2, 14]);
  assert.deepEqual(await ids(genres().is('name', null)), []);
  assert.deepEqual(await ids(genres().not('id', 'gt', 2)), [1, 2]);
  assert.deepEqual(await ids(genres().not('name', 'is', null).lt('id', 2)), [1]);
  assert.deepEqual(await ids(genres().match({ id: 2, name: 'Jazz' })), [2]);
  assert.deepEqual(await ids(genres().filter('id', 'in', '(1,2)')), [1, 2]);
});

test('or: plain, nested, negated', async () => {
  const found = good(await billing.from('genres').select('id').or('id.eq.1,and(id.gt.23,name.neq.Opera)').order('id'));
  assert.deepEqual(found.map((row) => row.id), [1, 24]);
  const both = good(await billing.from('genres').select('id').or('id.lt.3').or('id.gt.1'));
  assert.deepEqual(both, [{ id: 2 }]);
});

test('order, limit and range', async () => {
  const last = good(await billing.from('genres').select('id').order('id', { ascending: false }).limit(2));
  assert.deepEqual(last, [{ id: 25 }, { id: 24 }]);
  const page = good(await billing.from('genres').select('id').order('id').range(10, 12));
  assert.deepEqual(page.map((row) => row.id), [11, 12, 13]);
});

test('count: exact, with the rows and alone', async () => {
  const some = await billing.from('genres').select('id', { count: 'exact' }).lt('id', 11).limit(3);
  assert.equal(good(some).length, 3);
  assert.equal(some.count, 10);
  const alone = await billing.from('genres').select('*', { count: 'exact', head: true });
  assert.equal(alone.error, null);
  assert.equal(alone.count, 25);
});

test('single and maybeSingle', async () => {
  assert.equal(good(await billing.from('genres').select('name').eq('id', 2).single()).name, 'Jazz');
  assert.equal(good(await billing.from('genres').select('name').eq('id', 2).maybeSingle()).name, 'Jazz');
  const none = await billing.from('genres').select().eq('id', 999).single();
  assert.equal(none.error.code, 'PGRST116');
  assert.equal(none.status, 406);
  assert.match(none.error.details, /0 rows/);
  assert.equal(good(await billing.from('genres').select().eq('id', 999).maybeSingle()), null);
  const many = await billing.from('genres').select().maybeSingle();
  assert.equal(many.error.code, 'PGRST116');
});

test('csv', async () => {
  const text = good(await billing.from('genres').select('id,name').lt('id', 3).order('id').csv());
  assert.equal(text.replaceAll('\r', '').trim(), 'id,name\n1,Rock\n2,Jazz');
});

test('insert: one, many, with other columns in each, and what comes back', async () => {
  assert.equal((await billing.from('playlists').insert({ name: 'Plain' })).status, 201);
  const many = good(await billing.from('playlists').insert([{ name: 'A' }, { name: 'B' }]).select('name'));
  assert.deepEqual(many, [{ name: 'A' }, { name: 'B' }]);
  const one = good(await billing.from('playlists').insert({ name: 'C' }).select().single());
  assert.equal(one.name, 'C');
  const uneven = [
    { first_name: 'U', last_name: 'One', email: 'u1@example.test', company: 'X' },
    { first_name: 'U', last_name: 'Two', email: 'u2@example.test', city: 'Y' },
  ];
  const made = good(await crm.from('customers').insert(uneven, { defaultToNull: false }).select('company,city'));
  assert.deepEqual(made, [{ company: 'X', city: null }, { company: null, city: 'Y' }]);
  const counted = await billing.from('playlists').insert([{ name: 'D' }], { count: 'exact' });
  assert.equal(counted.count, 1);
});

test('upsert: by id, by another key, leaving alone what is there', async () => {
  const { id } = good(await billing.from('playlists').insert({ name: 'Before' }).select().single());
  const both = good(await billing.from('playlists')
    .upsert([{ id, name: 'After' }, { name: 'Fresh' }], { defaultToNull: false }).select());
  assert.deepEqual(both.map((row) => row.name), ['After', 'Fresh']);
  assert.equal(both[0].id, id);
  assert.equal(both[0].version, 2);
  const link = { playlist_id: id, track_id: 7 };
  const key = { onConflict: 'playlist_id,track_id' };
  const first = await billing.from('playlist_tracks').upsert(link, key).select().single();
  const again = await billing.from('playlist_tracks').upsert(link, key).select().single();
  assert.equal(first.status, 201);
  assert.equal(again.status, 200);
  assert.deepEqual(good(again), good(first));
  const ignored = await billing.from('playlist_tracks').upsert(link, { ...key, ignoreDuplicates: true }).select();
  assert.deepEqual(good(ignored), []);
});

test('update and delete: by filter, with what comes back, at most so many', async () => {
  const made = good(await billing.from('playlists').insert([{ name: 'x1' }, { name: 'x2' }, { name: 'x3' }]).select());
  const ids = made.map((row) => row.id);
  assert.equal((await billing.from('playlists').update({ name: 'y' }).in('id', ids)).status, 204);
  const two = good(await billing.from('playlists').update({ name: 'z' }).in('id', ids.slice(1)).select('id,name'));
  assert.deepEqual(two.map((row) => row.name), ['z', 'z']);
  const tooMany = await billing.from('playlists').update({ name: 'w' }).in('id', ids).select().single();
  assert.equal(tooMany.error.code, 'PGRST116');
  const bounded = await billing.from('playlists').delete().in('id', ids).maxAffected(2);
  assert.ok(bounded.error);
  const left = good(await billing.from('playlists').select('name').in('id', ids).order('id'));
  assert.deepEqual(left.map((row) => row.name), ['y', 'z', 'z']);
  const gone = good(await billing.from('playlists').delete().in('id', ids).select('id'));
  assert.equal(gone.length, 3);
});

test('what is written can be tried without being kept', async () => {
  const tried = await billing.from('genres').insert({ name: 'Tried' }).select().rollback();
  assert.equal(good(tried)[0].name, 'Tried');
  assert.deepEqual(good(await billing.from('genres').select().eq('name', 'Tried')), []);
});

test('rpc: named arguments, by POST and by GET', async () => {
  assert.equal(good(await crm.rpc('customer_ltv', { customer_id: 1 })), 39.62);
  assert.equal(good(await crm.rpc('customer_ltv', { customer_id: 1 }, { get: true })), 39.62);
  const wrong = await crm.rpc('customer_ltv', { customer: 1 });
  assert.equal(wrong.status, 422);
  assert.match(wrong.error.message, /customer_id|customer/);
  assert.equal((await crm.rpc('no_such_rule')).status, 404);
});

test('errors have the shape the client expects', async () => {
  for (const answer of [
    await billing.from('genres').select('nme'),
    await billing.from('genres').select().eq('nme', 1),
    await billing.from('no_such_table').select(),
    await billing.from('genres').insert({ nme: 1 }),
    await reader.from('customers').insert({ first_name: 'No' }),
  ]) {
    assert.ok(answer.status >= 400 && answer.status < 500);
    assert.equal(answer.data, null);
    for (const part of ['message', 'details', 'hint', 'code']) {
      assert.ok(part in answer.error, `${part} of ${JSON.stringify(answer.error)}`);
    }
    assert.ok(answer.error.message.length > 5);
    assert.ok(answer.error.hint.length > 5, 'says what to do next');
  }
  const thrown = billing.from('genres').select('nme').throwOnError();
  await assert.rejects(async () => await thrown, /nme/);
});

test('a request that is given up leaves nothing behind', async () => {
  const abort = new AbortController();
  abort.abort();
  const given = await billing.from('genres').select().abortSignal(abort.signal);
  assert.ok(given.error);
  assert.equal(good(await billing.from('genres').select('id').eq('id', 1)).length, 1);
});
