// Somebody who sets the platform up: from nothing, per environment, wrongly, and while it runs.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Platform, eventually, run, temporaryFolder } from '../harness.mjs';

const write = (home, name, text) => fs.writeFileSync(path.join(home, name), text);

/** A platform of one's own with one small app. */
async function made() {
  const home = path.join(temporaryFolder(), 'desk');
  const init = await run(['init', '--home', home, '--app', 'desk']);
  assert.equal(init.code, 0, init.out + init.err);
  return home;
}

test('init and new-app make a platform that passes check and runs, and overwrite nothing', async () => {
  const home = await made();
  const more = await run(['new-app', 'shelf', '--home', home, '--display-name', 'The shelf']);
  assert.equal(more.code, 0, more.out + more.err);
  for (const command of ['check', 'validate']) {
    const clean = await run([command, '--home', home]);
    assert.equal(clean.code, 0, clean.out + clean.err);
    assert.match(clean.out, /^No faults/);
  }
  const before = fs.readFileSync(path.join(home, 'appos.yaml'), 'utf8');
  const again = await run(['init', '--home', home]);
  assert.equal(again.code, 1);
  assert.match(again.err, /holds appos\.yaml already; nothing was changed/);
  assert.equal(fs.readFileSync(path.join(home, 'appos.yaml'), 'utf8'), before);
  assert.equal((await run(['new-app', 'shelf', '--home', home])).code, 1);
  assert.equal((await run(['new-app', 'My Shelf', '--home', home])).code, 1);

  const platform = await Platform.start({ command: ['run', '--home', home] });
  const admin = await platform.admin();
  await admin.must('POST', '/api/shelf/v1/notes', { title: 'first', text: '', done: false });
  assert.equal((await admin.must('POST', '/api/shelf/v1/rpc/open_notes', {})), 1);
  assert.equal((await admin.must('GET', '/api/v1/apps/shelf/config?key=title')), 'The shelf');
  await platform.stop();
});

test('validate tells every fault of every settings file at once, with line and the nearest key', async () => {
  const home = await made();
  write(home, 'appos.yaml', 'server:\n  prot: 1\ncelery:\n  broker: redis://x\nsecurity:\n  idle_timeout: 0\n');
  write(home, 'apps/desk/app.yaml', 'titel: x\nfeatures: {soft_delete: true}\n');
  const text = await run(['validate', '--home', home]);
  assert.equal(text.code, 1);
  assert.match(text.out, /appos\.yaml:2:3: there is no key server\.prot\n {4}Did you mean port\?/);
  assert.match(text.out, /3 faults, 2 warnings in environment dev/);
  const json = JSON.parse((await run(['validate', '--home', home, '--format', 'json'])).out);
  assert.deepEqual(json.problems.map((each) => `${each.file}:${each.line}`), ['appos.yaml:2', 'appos.yaml:6', 'desk/app.yaml:1']);
  assert.equal((await run(['run', '--home', home, '--env', 'production'])).code, 1);
});

test('a change that is harmless acts at once, a wrong one keeps the old values and says where', async () => {
  const home = await made();
  write(home, 'appos.yaml', 'platform: {name: Desk}\n');
  const platform = await Platform.start({ command: ['run', '--home', home] });
  const admin = await platform.admin();
  const setting = async (key) => (await admin.must('GET', '/api/admin/settings')).items.find((each) => each.key === key);
  const pageSize = async () => {
    const text = JSON.stringify(await admin.must('GET', '/api/ui/desk/notes'));
    return Number(/"page_size":(\d+)/.exec(text)[1]);
  };
  assert.equal((await admin.must('GET', '/api/ui')).platform.name, 'Desk');
  assert.equal(await pageSize(), 25);

  write(home, 'appos.yaml', 'platform: {name: Table}\nserver: {port: 1}\nui:\n  default_pagination: 7\n');
  await eventually(async () => (await pageSize()) === 7, 'the number to be taken up', 5_000);
  assert.equal((await admin.must('GET', '/api/ui')).platform.name, 'Table');
  assert.equal((await setting('server.port')).after_restart, 1);
  const found = await setting('ui.default_pagination');
  assert.deepEqual([found.value, found.default, found.origin, found.where], [7, 25, 'file', 'appos.yaml:4']);

  write(home, 'appos.yaml', 'ui:\n  default_pagination: many\n');
  const [problem] = await eventually(async () => {
    const { items } = await admin.must('GET', '/api/admin/problems');
    return items.length && items;
  }, 'the fault to be known', 5_000);
  assert.deepEqual([problem.file, problem.line], ['appos.yaml', 2]);
  assert.equal(await pageSize(), 7, 'the old value holds');

  await admin.must('PUT', '/api/admin/settings/ui.default_pagination', { value: 9 });
  assert.equal(await pageSize(), 9, 'an administrator is heard at once, whatever is wrong with the file');
  write(home, 'appos.yaml', 'ui: {default_pagination: 7}\n');
  await eventually(async () => (await setting('ui.default_pagination')).origin === 'override'
    && !(await admin.must('GET', '/api/admin/problems')).items.length, 'the mended file to be taken', 5_000);
  assert.equal((await setting('ui.default_pagination')).where, 'admin');
  await admin.must('DELETE', '/api/admin/settings/ui.default_pagination');
  assert.equal(await pageSize(), 7);

  for (const [key, value, status] of [['server.port', 1, 409], ['ui.default_pagination', 'x', 422],
    ['ui.default_pagination', { a: 1 }, 422], ['nothing', 1, 400], ['ui.default_pagination', undefined, 422]]) {
    const answer = await admin.call('PUT', `/api/admin/settings/${key}`, { value });
    assert.equal(answer.status, status, `${key} ${value}: ${answer.text}`);
  }
  const ana = await platform.user(admin, 'ana', ['desk_users']);
  assert.equal((await ana.caller.call('GET', '/api/admin/settings')).status, 403);
  assert.equal((await ana.caller.call('PUT', '/api/admin/settings/ui.default_pagination', { value: 9 })).status, 403);
  assert.equal(await ana.caller.must('GET', '/api/v1/environment'), 'dev');
  assert.equal((await ana.caller.call('GET', '/api/v1/apps/other/config')).status, 404);
  await platform.stop();
});

test('in prod sessions go over https only, the first password is printed nowhere, and secrets come from outside', async () => {
  const home = await made();
  write(home, 'appos.prod.yaml', 'platform: {version: "${THE_VERSION}"}\nmonitoring: {health_endpoint: /alive}\n');
  write(home, 'apps/desk/rules/Where.java', '@ExpressionRule\nString where() { return environment() + " " + appConfig("version"); }\n');
  const platform = await Platform.start({
    command: ['run', '--home', home, '--env', 'prod'],
    env: { APPOS_ADMIN_PASSWORD: undefined, THE_VERSION: '7.1', APPOS_SERVER_HOST: '127.0.0.1' },
  });
  const file = path.join(platform.dir, '.appos/admin-password');
  assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  const password = fs.readFileSync(file, 'utf8').trim();
  assert.ok(!platform.output.includes(password));
  const login = await fetch(`${platform.url}/api/auth/login`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ username: 'admin', password }),
  });
  assert.match(login.headers.get('set-cookie'), /; Secure/);
  const admin = await platform.login('admin', password);
  assert.equal(await admin.must('POST', '/api/desk/v1/rpc/where', {}), 'prod 0.1');
  assert.equal((await fetch(`${platform.url}/alive`)).status, 200);
  const settings = (await admin.must('GET', '/api/admin/settings')).items;
  assert.equal(settings.find((each) => each.key === 'platform.version').value, '7.1');
  assert.equal(settings.find((each) => each.key === 'server.host').where, 'APPOS_SERVER_HOST');
  await platform.stop();
});

test('a server that is told to stop finishes what runs and ends with 0, and with 1 when that takes too long', async () => {
  const home = await made();
  const slow = (seconds) => `@ExpressionRule\nlong slow() { long end = System.nanoTime() + ${seconds}_000_000_000L; long n = 0;\n`
    + '    while (System.nanoTime() < end) { n++; }\n    return 1; }\n';
  for (const [seconds, most, code] of [[8, 30, 0], [40, 3, 1]]) {
    write(home, 'appos.yaml', `shutdown: {force_kill_after: ${most}}\n`);
    write(home, 'apps/desk/rules/Slow.java', slow(seconds));
    const platform = await Platform.start({ command: ['run', '--home', home] });
    const admin = await platform.admin();
    let over = false;
    const running = admin.call('POST', '/api/desk/v1/rpc/slow', {}).catch(() => ({ status: 0 }))
      .finally(() => { over = true; });
    await new Promise((done) => setTimeout(done, 1_500));
    platform.process.kill('SIGTERM');
    await eventually(
      async () => (await fetch(`${platform.url}/health`).then((answer) => answer.status, () => 503)) === 503,
      'nothing more to be accepted', 5_000);
    assert.equal(over, false, 'what was begun still runs');
    assert.equal((await running).status, code === 0 ? 200 : 0);
    await platform.ended;
    assert.equal(platform.process.exitCode, code, platform.output);
    const logs = path.join(platform.dir, '.appos/logs/system/execution');
    const log = fs.readdirSync(logs).map((name) => fs.readFileSync(path.join(logs, name), 'utf8')).join('');
    assert.match(log, /"event":"platform_startup"/);
    if (code === 0) assert.match(log.trim().split('\n').at(-1), /"event":"platform_shutdown"/);
  }
});
