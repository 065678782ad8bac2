// A program: the record resource with a public PostgREST client, rules, and refusals in plain HTTP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PostgrestClient } from '@supabase/postgrest-js';
import { Platform } from '../harness.mjs';

let platform;
let admin;
let reader;
let editor;

before(async () => {
  platform = await Platform.start();
  admin = await platform.admin();
  reader = await platform.user(admin, 'rita', ['crm_users']);
  editor = await platform.user(admin, 'eddie', ['crm_admins', 'billing_admins', 'billing_users']);
});
after(() => platform?.stop());

const client = (user, app) =>
  new PostgrestClient(`${platform.url}/api/${app}/v1`, { headers: { 'X-API-Key': user.key } });

test('all 15,607 rows of Chinook are there, with their keys', async () => {
  const counts = {
    crm: { employees: 8, customers: 59 },
    billing: {
      artists: 275, albums: 347, genres: 25, media_types: 5, tracks: 3503, playlists: 18, playlist_tracks: 8715,
      invoices: 412, invoice_lines: 2240,
    },
  };
  let total = 0;
  for (const [app, records] of Object.entries(counts)) {
    for (const [record, expected] of Object.entries(records)) {
      const answer = await admin.call('GET', `/api/${app}/v1/${record}?limit=1`, undefined, { Prefer: 'count=exact' });
      const found = Number(answer.headers.get('content-range').split('/')[1]);
      assert.equal(found, expected, record);
      total += found;
    }
  }
  assert.equal(total, 15607);
  const luis = await admin.must('GET', '/api/crm/v1/customers/1');
  assert.equal(luis.last_name, 'Gonçalves');
  assert.equal(luis.support_rep_id, 3);
});

test('the PostgREST client reads: filter, select, embed, order, range, count', async () => {
  const crm = client(reader, 'crm');
  const { data, error, count, status } = await crm
    .from('customers')
    .select('id,last_name,country,support_rep(first_name,last_name)', { count: 'exact' })
    .in('country', ['Brazil', 'Canada'])
    .ilike('email', '%@%')
    .order('last_name', { ascending: false })
    .range(0, 4);
  assert.equal(error, null);
  assert.ok(status === 200 || status === 206);
  assert.equal(count, 13);
  assert.equal(data.length, 5);
  assert.deepEqual([...data].map((c) => c.last_name), data.map((c) => c.last_name).sort().reverse());
  assert.deepEqual(Object.keys(data[0]), ['id', 'last_name', 'country', 'support_rep']);
  assert.ok(data[0].support_rep.first_name);
});

test('the PostgREST client reads one row, and is told when there is none', async () => {
  const crm = client(reader, 'crm');
  const one = await crm.from('customers').select().eq('id', 5).single();
  assert.equal(one.data.first_name, 'František');
  const none = await crm.from('customers').select().eq('id', 99999).single();
  assert.equal(none.data, null);
  assert.equal(none.error.code, 'PGRST116');
});

test('the PostgREST client combines conditions with or, not and null', async () => {
  const crm = client(reader, 'crm');
  const { data } = await crm
    .from('customers')
    .select('id,company,country')
    .or('country.eq.Brazil,and(country.eq.USA,company.not.is.null)')
    .order('id');
  assert.ok(data.length > 5);
  for (const customer of data) {
    assert.ok(customer.country === 'Brazil' || (customer.country === 'USA' && customer.company !== null));
  }
});

test('the PostgREST client writes: insert, update, delete', async () => {
  const billing = client(editor, 'billing');
  const inserted = await billing.from('playlists').insert([{ name: 'One' }, { name: 'Two' }]).select();
  assert.equal(inserted.error, null);
  assert.equal(inserted.status, 201);
  const [one, two] = inserted.data;
  assert.equal(one.version, 1);
  assert.equal(one.created_by, 'eddie');

  const updated = await billing.from('playlists').update({ name: 'Uno' }).eq('id', one.id).select().single();
  assert.equal(updated.data.name, 'Uno');
  assert.equal(updated.data.version, 2);

  const removed = await billing.from('playlists').delete().in('id', [one.id, two.id]).select('id');
  assert.deepEqual(removed.data.map((row) => row.id).sort(), [one.id, two.id].sort());
});

test('a decimal is exact on the wire', async () => {
  const answer = await admin.call('GET', '/api/billing/v1/invoices?id=eq.1&select=total');
  assert.equal(answer.text, '[{"total":1.98}]');
});

test('a rule crosses from crm into billing', async () => {
  assert.equal(await reader.caller.must('POST', '/api/crm/v1/rpc/customer_ltv', { customer_id: 1 }), 39.62);
});

test('the version guards a change', async () => {
  const before = await editor.caller.call('GET', '/api/crm/v1/customers/7');
  const etag = before.headers.get('etag');
  const first = await editor.caller.call('PATCH', '/api/crm/v1/customers/7', { company: 'A' }, { 'If-Match': etag });
  assert.equal(first.status, 200);
  const second = await editor.caller.call('PATCH', '/api/crm/v1/customers/7', { company: 'B' }, { 'If-Match': etag });
  assert.equal(second.status, 412);
  assert.match(second.body.detail, /version/);
  const history = await editor.caller.must('GET', '/api/crm/v1/customers/7/audit');
  assert.equal(history.items[0].field_name, 'company');
  assert.equal(history.items[0].new_value, 'A');
  assert.equal(history.items[0].changed_by, 'eddie');
});

test('the same idempotency key gets the same answer, once', async () => {
  const send = () =>
    editor.caller.call('POST', '/api/billing/v1/playlists', { name: 'Once' },
      { 'Idempotency-Key': 'k-1', Prefer: 'return=representation' });
  const [a, b] = await Promise.all([send(), send()]);
  assert.equal(a.status, 201);
  assert.equal(a.text, b.text);
  const found = await editor.caller.must('GET', '/api/billing/v1/playlists?name=eq.Once');
  assert.equal(found.length, 1);
});

const refusals = [
  ['an unknown column', 'GET', '/api/crm/v1/customers?contry=eq.Brazil', undefined, 400, /country/],
  ['an unknown operator', 'GET', '/api/crm/v1/customers?country=equals.Brazil', undefined, 400, /eq/],
  ['an unknown order', 'GET', '/api/crm/v1/customers?order=lastname.asc', undefined, 400, /last_name/],
  ['a value of another type', 'GET', '/api/crm/v1/customers?id=eq.one', undefined, 422, /number/],
  ['an unknown selected column', 'GET', '/api/crm/v1/customers?select=id,nme', undefined, 400, /Known|Did you mean/],
  ['a broken condition', 'GET', '/api/crm/v1/customers?or=(id.eq.1', undefined, 400, /missing/],
  ['a page too large', 'GET', '/api/crm/v1/customers?limit=1000000', undefined, 400, /10000/],
  ['a negative offset', 'GET', '/api/crm/v1/customers?offset=-1', undefined, 400, /offset/],
  ['broken JSON', 'POST', '/api/crm/v1/customers', '{"first_name":', 400, /JSON/],
  ['a missing field', 'POST', '/api/crm/v1/customers', { first_name: 'A', email: 'a@b.test' }, 422, /last_name/],
  ['an unknown field', 'POST', '/api/crm/v1/customers',
    { first_name: 'A', last_name: 'B', email: 'a@b.test', frist: 1 }, 422, /frist/],
  ['a field of the platform', 'PATCH', '/api/crm/v1/customers/1', { created_by: 'me' }, 422, /created_by/],
  ['a version that is none of its own', 'PATCH', '/api/crm/v1/customers/1', { version: 99 }, 409, /version/],
  ['a text too long', 'PATCH', '/api/crm/v1/customers/1', { first_name: 'x'.repeat(41) }, 422, /40/],
  ['a NUL character', 'PATCH', '/api/crm/v1/customers/1', { company: 'a\u0000b' }, 422, /NUL/],
  ['a wrong e-mail', 'PATCH', '/api/crm/v1/customers/1', { email: 'nobody' }, 422, /email/],
  ['an unknown choice', 'PATCH', '/api/crm/v1/customers/1', { status: 'ACTVE' }, 422, /ACTIVE/],
  ['a reference to nothing', 'PATCH', '/api/crm/v1/customers/1', { support_rep_id: 4711 }, 422, /support_rep_id|employee/],
  ['a record that is not there', 'GET', '/api/crm/v1/customers/4711', undefined, 404, /customer/],
  ['a record still referred to', 'DELETE', '/api/crm/v1/customers/1', undefined, 409, /invoice/],
  ['a change of everything', 'PATCH', '/api/crm/v1/customers', { company: 'x' }, 400, /filter/],
  ['an unknown rule', 'POST', '/api/crm/v1/rpc/nothing', {}, 404, /no address/],
  ['a rule without its input', 'POST', '/api/crm/v1/rpc/customer_ltv', {}, 422, /customer_id/],
  ['an unknown address', 'GET', '/api/nothing/at/all', undefined, 404, /no address/],
];
for (const [what, method, address, body, status, words] of refusals) {
  test(`${what} is refused with what to do`, async () => {
    const answer = await editor.caller.call(method, address, body);
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.headers.get('content-type').split(';')[0], 'application/problem+json');
    assert.match(answer.body.detail + ' ' + answer.body.remedy, words);
    assert.ok(answer.body.execution_id);
  });
}

test('a body that is too large is refused before it is read', async () => {
  const answer = await editor.caller.call('POST', '/api/billing/v1/playlists', `{"name":"${'x'.repeat(11_000_000)}"}`);
  assert.equal(answer.status, 413);
});

test('a stranger is asked who he is, at every address but the open ones', async () => {
  const stranger = platform.stranger();
  const open = new Set([
    '/health', '/healthz', '/ready', '/metrics', '/', '/assets/{file}', '/{screen}', '/api/auth/login', '/api/auth/token',
    '/api/docs', '/api/docs/{file}',
    '/api/auth/providers', '/api/auth/oidc/{provider}', '/api/auth/oidc/{provider}/callback',
  ]);
  const { paths } = await admin.must('GET', '/api/openapi.json');
  for (const [path, methods] of Object.entries(paths)) {
    if (open.has(path)) continue;
    for (const method of Object.keys(methods)) {
      const answer = await stranger.call(method.toUpperCase(), path.replace(/[{<]\w+[}>]/g, '1'), method === 'get' ? undefined : {});
      assert.equal(answer.status, 401, `${method} ${path}`);
    }
  }
});

test('what a user may not know of reads exactly like what does not exist', async () => {
  const outsider = await platform.user(admin, 'otto', []);
  const secret = await outsider.caller.call('GET', '/api/crm/v1/customers');
  const nothing = await outsider.caller.call('GET', '/api/crm/v1/custumers');
  assert.equal(secret.status, 404);
  assert.equal(nothing.status, 404);
  const plain = (answer) =>
    answer.text.replace(/exec_\w+/, '').replace(/"timestamp":"[^"]*"/, '').replaceAll('customers', 'X').replaceAll('custumers', 'X');
  assert.equal(plain(secret), plain(nothing));
  const filtered = await outsider.caller.call('GET', '/api/crm/v1/customers?nothing=eq.1');
  assert.equal(filtered.status, 404);
});

test('a user who may read may not write', async () => {
  const answer = await reader.caller.call('DELETE', '/api/crm/v1/customers/1');
  assert.equal(answer.status, 403);
  assert.equal(answer.body.object_ref, 'crm.records.customer');
  assert.equal(answer.body.object_type, 'record');
  const row = await admin.must('GET', '/api/admin/audit?user=rita&limit=1');
  assert.equal(row.items[0].verdict, 'deny');
  assert.equal(row.items[0].object_ref, 'crm.records.customer');
});

test('a revoked key, a left group and a deactivated user are out at once', async () => {
  const user = await platform.user(admin, 'rob', ['crm_users']);
  const reads = () => user.caller.call('GET', '/api/crm/v1/customers?limit=1').then((a) => a.status);
  assert.equal(await reads(), 200);
  await admin.must('DELETE', '/api/admin/groups/crm_users/members/rob');
  assert.equal(await reads(), 404);
  await admin.must('PUT', '/api/admin/groups/crm_users/members/rob');
  assert.equal(await reads(), 200);
  await admin.must('POST', '/api/admin/users/rob/deactivate');
  assert.equal(await reads(), 401);
});

test('a change with a cookie needs the token of its session', async () => {
  const session = await platform.login('eddie', editor.password);
  const without = await platform.stranger().call('POST', '/api/billing/v1/playlists', { name: 'x' }, { Cookie: session.headers.Cookie });
  assert.equal(without.status, 403);
  const made = await session.call('POST', '/api/billing/v1/playlists', { name: 'With a token' });
  assert.equal(made.status, 201);
  await session.must('POST', '/api/auth/logout');
  assert.equal((await session.call('GET', '/api/auth/me')).status, 401);
});

test('an API key buys a bearer token', async () => {
  const { token } = await reader.caller.must('POST', '/api/auth/token');
  const answer = await platform.stranger().call('GET', '/api/crm/v1/customers?limit=1', undefined, { Authorization: `Bearer ${token}` });
  assert.equal(answer.status, 200);
});
