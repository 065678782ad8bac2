// An operator at the command line of a running platform: who there is, and who may do what.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ADMIN_PASSWORD, Platform, run } from '../harness.mjs';

let platform;

before(async () => (platform = await Platform.start()));
after(() => platform?.stop());

const appos = (args, env = {}) => run(args, {
  env: { ...process.env, APPOS_SERVER: platform.url, APPOS_API_KEY: '', APPOS_PASSWORD: ADMIN_PASSWORD, ...env },
});
const asAdmin = async (...args) => {
  const done = await appos([...args, '--as', 'admin', '--format', 'json']);
  assert.equal(done.code, 0, done.err);
  return JSON.parse(done.out);
};

test('an administrator adds a user, gives it a key and a permission, and takes them away', async () => {
  const eva = await asAdmin('user', 'create', 'eva', '--email', 'eva@example.test', '--group', 'crm_users');
  assert.deepEqual(eva.groups, ['crm_users']);
  const { api_key: key } = await asAdmin('key', 'create', 'eva', '--name', 'laptop');
  const program = platform.withKey(key);
  assert.equal((await program.call('GET', '/api/crm/v1/customers?limit=1')).status, 200);
  assert.equal((await program.call('DELETE', '/api/crm/v1/customers?id=eq.999999')).status, 403);

  assert.equal((await asAdmin('grant', 'explain', 'eva', 'crm.records.customer', 'delete')).allowed, false);
  await asAdmin('grant', 'add', 'crm_users', 'crm.records.customer', 'delete');
  assert.equal((await program.call('DELETE', '/api/crm/v1/customers?id=eq.999999')).status, 204);
  await asAdmin('grant', 'remove', 'crm_users', 'crm.records.customer', 'delete');
  assert.equal((await program.call('DELETE', '/api/crm/v1/customers?id=eq.999999')).status, 403);

  await asAdmin('group', 'remove', 'crm_users', 'eva');
  assert.equal((await program.call('GET', '/api/crm/v1/customers?limit=1')).status, 404);
  await asAdmin('user', 'deactivate', 'eva');
  assert.equal((await program.call('GET', '/api/auth/me')).status, 401);
});

test('a key does as well as a password, and can do no more than its owner', async () => {
  await asAdmin('user', 'create', 'nobody');
  const { api_key: key } = await asAdmin('key', 'create', 'nobody', '--name', 'test');
  const refused = await appos(['user', 'list'], { APPOS_API_KEY: key });
  assert.equal(refused.code, 1);
  assert.match(refused.err, /not found|may not|no group/i);
  const known = await appos(['user', 'show', 'nobody'], { APPOS_API_KEY: key });
  assert.equal(known.code, 0, known.err);
  assert.match(known.out, /username +nobody/);
});

test('lists are tables for people, and what goes wrong is said in two lines', async () => {
  const table = await appos(['group', 'list', '--as', 'admin']);
  assert.match(table.out, /^name +type +is_active/);
  assert.match(table.out, /crm_managers +app +true/);

  const twice = await appos(['user', 'create', 'admin', '--as', 'admin']);
  assert.equal(twice.code, 1);
  assert.match(twice.err, /already a user called admin/);
  const wrong = await appos(['user', 'list', '--as', 'admin'], { APPOS_PASSWORD: 'not this one' });
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /username or password is wrong/);
  const away = await appos(['user', 'list', '--as', 'admin'], { APPOS_SERVER: 'http://127.0.0.1:1' });
  assert.match(away.err, /no platform at http:\/\/127\.0\.0\.1:1/);
  assert.doesNotMatch(away.err, /\bat dev\.appos/);
  assert.equal((await appos(['user'])).code, 2);
});
