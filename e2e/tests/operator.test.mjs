// An operator: starts, kills, restarts, mistypes, and edits while it runs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { Platform, ROOT, eventually, run, temporaryFolder } from '../harness.mjs';

/** A platform of one's own: the example apps, copied. */
function ownPlatform() {
  const home = temporaryFolder();
  for (const part of ['apps', 'migrations']) {
    const from = path.join(ROOT, 'examples', part);
    if (fs.existsSync(from)) fs.cpSync(from, path.join(home, part), { recursive: true });
  }
  return home;
}

const postgresOf = (dir) => {
  const list = execFileSync('ps', ['-eo', 'pid,args']).toString();
  return list.split('\n').filter((line) => line.includes(dir) && /postgres/.test(line) && !/ps -eo/.test(line));
};

test('after kill -9 a process goes on exactly where it was, and no step runs twice', async () => {
  const dir = temporaryFolder();
  let platform = await Platform.start({ dir });
  let admin = await platform.admin();
  const manager = await platform.user(admin, 'mona', ['crm_admins', 'crm_managers']);
  const { instance_id: id } = await admin.must('POST', '/api/crm/v1/processes/onboard_customer', { customer_id: 5 });
  const steps = async (caller) => (await caller.must('GET', `/api/v1/processes/${id}/steps`)).items;
  await eventually(async () => (await manager.caller.must('GET', '/api/v1/approvals?status=pending')).items.length, 'the approval');
  const before = (await steps(admin)).filter((step) => step.status === 'done');
  assert.ok(before.length >= 3, JSON.stringify(before));
  const changes = (await admin.must('GET', '/api/crm/v1/customers/5/audit')).items.length;

  assert.ok(postgresOf(dir).length > 0, 'PostgreSQL runs');
  await platform.kill();
  await eventually(() => postgresOf(dir).length === 0, 'PostgreSQL to go with its server', 10_000);

  platform = await Platform.start({ dir });
  admin = await platform.admin();
  const again = platform.withKey(manager.key);
  const [question] = (await again.must('GET', '/api/v1/approvals?status=pending')).items;
  await again.must('POST', `/api/v1/approvals/${question.id}`, { decision: 'approve', note: 'after the crash' });
  const done = await eventually(async () => {
    const instance = await admin.must('GET', `/api/v1/processes/${id}`);
    assert.notEqual(instance.status, 'failed', JSON.stringify(instance.error));
    return instance.status === 'completed' && instance;
  }, 'the process to end');
  assert.equal(done.display_name, 'Onboard customer 5');

  const after = await steps(admin);
  for (const step of before) {
    const same = after.find((each) => each.path === step.path);
    assert.deepEqual(same, step, 'a finished step is as it was, and was not run again');
  }
  assert.equal(Number((await admin.must('GET', '/api/crm/v1/customers/5')).credit_limit), 5000);
  const since = (await admin.must('GET', '/api/crm/v1/customers/5/audit')).items.length - changes;
  assert.equal(since, 1, 'only the step that was still to do changed the customer');
  await platform.stop();
  await eventually(() => postgresOf(dir).length === 0, 'nothing to be left behind', 10_000);
});

test('a second start on the same folder, and a port in use, are refused in one sentence', async () => {
  const platform = await Platform.start();
  const second = await run(['demo', '--port', '0', '--dir', platform.dir]);
  assert.equal(second.code, 1);
  assert.match(second.err, /Another AppOS/);

  const busy = net.createServer();
  await new Promise((done) => busy.listen(0, '127.0.0.1', done));
  const third = await run(['demo', '--port', String(busy.address().port), '--dir', temporaryFolder()]);
  assert.equal(third.code, 1);
  assert.match(third.err, /Port \d+ .* is in use/);
  busy.close();
  await platform.stop();
});

test('a wrong key in appos.yaml is refused with its line and the nearest one', async () => {
  const home = ownPlatform();
  fs.writeFileSync(path.join(home, 'appos.yaml'), 'server:\n  host: 127.0.0.1\n  prot: 8081\n');
  const key = await run(['run', '--home', home]);
  assert.equal(key.code, 1);
  assert.match(key.err, /appos\.yaml:3:3: there is no key server\.prot/);
  assert.match(key.err, /Did you mean port\?/);

  fs.writeFileSync(path.join(home, 'appos.yaml'), 'server:\n  port: many\n');
  const type = await run(['run', '--home', home]);
  assert.equal(type.code, 1);
  assert.match(type.err, /appos\.yaml:2:9: server\.port must be a whole number/);
});

test('wrong usage is told apart from a refusal', async () => {
  assert.equal((await run(['fly'])).code, 2);
  assert.equal((await run(['check', '--home', temporaryFolder()])).code, 1);
  assert.equal((await run(['version'])).code, 0);
});

test('check and impact read the sources and run nothing', async () => {
  const home = ownPlatform();
  const clean = await run(['check', '--home', home]);
  assert.equal(clean.code, 0, clean.out + clean.err);
  assert.match(clean.out, /No faults/);

  const impact = await run(['impact', 'crm.records.customer', '--home', home, '--format', 'json']);
  const found = JSON.parse(impact.out);
  for (const ref of ['billing.records.invoice', 'crm.interfaces.customers', 'crm.processes.onboard_customer']) {
    assert.ok(found.direct_dependents.includes(ref), `${ref} in ${found.direct_dependents}`);
  }

  const file = path.join(home, 'apps/crm/rules/Value.java');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('i.total()', 'i.totl()'));
  const broken = await run(['check', '--home', home, '--format', 'json']);
  assert.equal(broken.code, 1);
  const [problem] = JSON.parse(broken.out).problems;
  assert.equal(problem.file, 'crm/rules/Value.java');
  assert.equal(problem.line, 5);
  assert.match(problem.remedy, /total/);
});

test('a saved file is live at once; a broken one keeps the last good version and says where', async () => {
  const home = ownPlatform();
  const platform = await Platform.start({ command: ['run', '--home', home] });
  const admin = await platform.admin();
  const file = path.join(home, 'apps/crm/rules/Greeting.java');
  const write = (text) => fs.writeFileSync(file, text);
  const greet = () => admin.call('POST', '/api/crm/v1/rpc/greet', { name: 'Ana' });

  write('@ExpressionRule\nString greet(String name) { return "Hello, " + name; }\n');
  await eventually(async () => (await greet()).body === 'Hello, Ana', 'the new rule to be live');
  write('@ExpressionRule\nString greet(String name) { return "Welcome, " + name; }\n');
  await eventually(async () => (await greet()).body === 'Welcome, Ana', 'the changed rule to be live');

  write('@ExpressionRule\nString greet(String name) { return name + ; }\n');
  const [problem] = await eventually(async () => {
    const { items } = await admin.must('GET', '/api/admin/problems');
    return items.length && items;
  }, 'the fault to be known');
  assert.equal(problem.file, 'crm/rules/Greeting.java');
  assert.equal(problem.line, 2);
  assert.equal((await greet()).body, 'Welcome, Ana', 'the last good version is live');
  await eventually(() => /Greeting\.java:2/.test(platform.output), 'the fault to be in the terminal');

  write('@ExpressionRule\nString greet(String name) { return "Back, " + name; }\n');
  await eventually(async () => (await greet()).body === 'Back, Ana', 'the mended rule to be live');
  await platform.stop();
});

test('a field added to a record becomes a column, and its values are kept over a restart', async () => {
  const home = ownPlatform();
  let platform = await Platform.start({ command: ['run', '--home', home] });
  let admin = await platform.admin();
  const file = path.join(home, 'apps/billing/records/Genre.java');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('String name)', 'String name, @Size(max = 40) String mood)'));
  await eventually(
    async () => (await admin.call('GET', '/api/billing/v1/genres?select=mood')).status === 200, 'the new column');
  await admin.must('POST', '/api/billing/v1/genres', { name: 'Fado', mood: 'longing' });
  assert.ok(fs.readdirSync(path.join(home, 'migrations/billing')).some((name) => /^V\d+__/.test(name)));
  const { dir } = platform;
  await platform.stop();

  platform = await Platform.start({ command: ['run', '--home', home], dir });
  admin = await platform.admin();
  assert.equal((await admin.must('GET', '/api/billing/v1/genres?name=eq.Fado'))[0].mood, 'longing');
  await platform.stop();
});
