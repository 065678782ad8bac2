// What the platform knows about itself: who depends on whom, how it fares, and its answers to questions.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { eventually, Platform, run } from '../harness.mjs';

let platform;
let admin;

before(async () => {
  platform = await Platform.start();
  admin = await platform.admin();
});

after(() => platform.stop());

const ask = (caller, body) => caller.call('POST', '/api/v1/ask', body);

test('an object tells what it uses and who uses it, as stated and as seen in calls', async () => {
  await admin.must('POST', '/api/crm/v1/rpc/customer_ltv', { customer_id: 5 });
  await admin.must('POST', '/api/crm/v1/processes/onboard_customer', { customer_id: 5 });
  await admin.must('POST', '/api/v1/agents', { name: 'clerk', skills: ['crm.rules.customer_ltv'] });

  const ltv = await admin.must('GET', '/api/admin/objects/crm.rules.customer_ltv');
  assert.deepEqual(ltv.direct_dependencies, [
    { ref: 'billing.records.invoice', type: 'record', access: 'read', stated: true, observed: true },
  ]);
  assert.equal(ltv.full_dependency_tree[0].dependencies[0].ref, 'crm.records.customer');
  const users = ltv.dependents.map((end) => `${end.type} ${end.ref}`);
  for (const user of [
    'agent agent:clerk', 'api /api/crm/v1/rpc/customer_ltv', 'api mcp:crm_rules_customer_ltv', 'rule crm.rules.follow_up',
  ]) {
    assert.ok(users.includes(user), `${user} in ${users}`);
  }
  assert.match(ltv.hash, /^[0-9a-f]{64}$/);
  assert.ok(ltv.metrics.count >= 1 && ltv.metrics.average_ms > 0, JSON.stringify(ltv.metrics));
  assert.equal(ltv.changes[0].change_type, 'added');

  const seen = await eventually(async () => {
    const process = await admin.must('GET', '/api/admin/objects/crm.processes.onboard_customer');
    return process.direct_dependencies.find((end) => end.ref === 'crm.rules.create_account' && end.observed);
  }, 'the process to be seen using its rule');
  assert.equal(seen.access, 'execute');
});

test('the impact is the same over REST and, from the files, without a server', async () => {
  const online = await admin.must('GET', '/api/admin/objects/crm.records.customer/impact');
  assert.equal(online.total, online.direct_dependents.length + online.transitive_dependents.length);
  assert.equal(online.total, Object.values(online.breakdown).reduce((sum, count) => sum + count, 0));
  assert.deepEqual(Object.keys(online.breakdown).sort(), [
    'agents', 'apis', 'constants', 'interfaces', 'pages', 'processes', 'records', 'rules',
  ]);

  const offline = await run(
    ['impact', 'crm.records.customer', '--home', 'examples', '--dir', platform.dir, '--format', 'json']);
  assert.deepEqual(Object.keys(JSON.parse(offline.out)), Object.keys(online));
  const ltv = await run(['impact', 'crm.rules.customer_ltv', '--home', 'examples', '--dir', platform.dir]);
  assert.match(ltv.out, /uses billing.records.invoice/);
  assert.match(ltv.out, /agent:clerk/, 'what only the running platform knows is in its files');

  const field = await admin.must('GET', '/api/admin/objects/crm.records.customer.email/impact');
  assert.equal(field.field, 'email');
  assert.ok(field.named_by.includes('crm.rules.create_account'), field.recommendation);
  assert.equal((await admin.call('GET', '/api/admin/objects/crm.records.customer.emial/impact')).status, 404);
});

test('questions are answered with what was understood, to each what they may see', async () => {
  const ana = await platform.user(admin, 'ana', ['crm_users']);
  const impact = (await ask(admin, { question: 'What breaks if I change the invoice?' })).body;
  assert.equal(impact.type, 'impact_analysis');
  assert.equal(impact.understood.ref, 'billing.records.invoice');
  assert.ok(impact.data.direct_dependents.includes('crm.rules.customer_ltv'));

  const hidden = await ask(ana.caller, { type: 'impact_analysis', ref: 'billing.records.track' });
  assert.equal(hidden.status, 404);
  const graph = await ask(ana.caller, { question: 'show the dependency graph' });
  assert.equal(graph.status, 200);
  assert.ok(!graph.text.includes('billing.records.track'), 'what she may not see is not named');

  await ana.caller.call('POST', '/api/crm/v1/rpc/create_account', { customer_id: 'x' });
  await ana.caller.call('GET', '/api/admin/users');
  const violations = (await ask(admin, { question: 'what was refused today?' })).body;
  assert.ok(violations.data.items.some((item) => item.principal === 'ana'), violations.summary);
  assert.equal((await ask(ana.caller, { type: 'security_violations' })).status, 403);

  const slow = await eventually(async () => {
    const found = (await ask(admin, { question: 'why is onboard_customer slow?' })).body;
    return found.data.bottleneck && found;
  }, 'a step to have ended');
  assert.equal(slow.type, 'performance_analysis');
  assert.equal(slow.data.bottleneck.process, 'crm.processes.onboard_customer');
  assert.ok(slow.data.bottleneck.p95_ms >= 0);
  const rule = (await ask(admin, { question: 'why is customer_ltv slow?' })).body;
  const measured = rule.data.objects.find((object) => object.ref === 'crm.rules.customer_ltv');
  assert.ok(measured.count >= 1 && measured.p95_ms > 0, JSON.stringify(rule.data.objects));
  const unmeasured = (await ask(ana.caller, { question: 'why is customer_ltv slow?' })).body;
  assert.deepEqual(unmeasured.data.objects, [], 'what calls took is for administrators');

  assert.equal((await ask(admin, { question: 'what changed this week?' })).body.type, 'change_report');
  const status = (await ask(ana.caller, { type: 'runtime_status', window: '1h' })).body;
  assert.equal(status.data.checks.database, 'healthy');
  const unknown = (await ask(ana.caller, { question: 'sing a song' })).body;
  assert.equal(unknown.type, 'unknown');
  assert.equal(unknown.data.can_ask.length, 6);
});

test('an agent asks over MCP', async () => {
  const { api_key } = await admin.must('POST', '/api/v1/agents', { name: 'asker', skills: ['platform.rules.ask'] });
  const call = (method, params) =>
    platform.withKey(api_key).call('POST', '/mcp', { jsonrpc: '2.0', id: 1, method, params }, {
      Accept: 'application/json, text/event-stream',
    });
  const { result } = (await call('tools/list', {})).body;
  assert.deepEqual(result.tools.map((tool) => tool.name), ['platform_rules_ask']);
  const answer = await call('tools/call', { name: 'platform_rules_ask', arguments: { question: 'is all well?' } });
  assert.equal(answer.body.result.structuredContent.type, 'runtime_status');
});

test('the command answers from the sources, or asks a running platform', async () => {
  const there = ['--home', 'examples', '--dir', platform.dir];
  const offline = await run(['ask', 'who uses customer_ltv?', ...there, '--format', 'json']);
  assert.equal(JSON.parse(offline.out).type, 'impact_analysis');
  assert.equal((await run(['ask', 'what is slow?', '--offline', ...there])).code, 1);
  const { key } = await platform.user(admin, 'bo', ['crm_users']);
  const online = await run(['ask', 'is everything healthy?', '--server', platform.url], {
    env: { ...process.env, APPOS_API_KEY: key },
  });
  assert.match(online.out, /The platform is healthy/);
});

test('strangers learn names and statuses; administrators what was found, and have things looked at', async () => {
  const stranger = platform.stranger();
  const alive = (await stranger.call('GET', '/health')).body;
  assert.equal(alive.status, 'ok');
  assert.deepEqual(Object.keys(alive), ['status', 'version', 'environment', 'uptime_seconds']);
  const ready = (await stranger.call('GET', '/ready')).body;
  assert.equal(ready.status, 'ready');
  assert.ok(Object.values(ready.checks).every((status) => typeof status === 'string'));
  assert.equal((await stranger.call('GET', '/api/admin/health')).status, 401);

  const all = await admin.must('GET', '/api/admin/health');
  const names = all.checks.map((check) => check.name);
  for (const name of ['apps', 'database', 'disk', 'log', 'pool', 'processes']) {
    assert.ok(names.includes(name), `${name} in ${names}`);
  }
  assert.deepEqual(Object.keys(all.checks[0]), [
    'name', 'critical', 'status', 'latency_ms', 'message', 'last_check', 'consecutive_failures',
  ]);
  const one = await admin.must('POST', '/api/admin/health', { name: 'database' });
  assert.equal(one.checks.length, 1);
  const wrong = await admin.call('POST', '/api/admin/health', { name: 'databse' });
  assert.equal(wrong.status, 404);
  assert.match(wrong.body.remedy, /database/);
});

test('with the database hung the server is not ready within seconds, and ready again with it', async () => {
  const [pid] = fs.readFileSync(path.join(folder('postmaster.pid'), 'postmaster.pid'), 'utf8').split('\n');
  const children = execFileSync('ps', ['--ppid', pid, '-o', 'pid='], { encoding: 'utf8' }).trim().split(/\s+/);
  const all = [Number(pid), ...children.map(Number)];
  const status = async () => {
    const before = performance.now();
    const answer = await platform.stranger().call('GET', '/ready');
    assert.ok(performance.now() - before < 500, 'asking waits for nothing');
    return answer.status;
  };
  all.forEach((each) => process.kill(each, 'SIGSTOP'));
  try {
    await eventually(async () => (await status()) === 503, 'the server not to be ready', 15_000);
    assert.equal((await platform.stranger().call('GET', '/health')).status, 200);
  } finally {
    all.forEach((each) => process.kill(each, 'SIGCONT'));
  }
  await eventually(async () => (await status()) === 200, 'the server to be ready again', 15_000);
});

/** The folder of the embedded PostgreSQL's data. */
function folder(holding) {
  const found = fs.readdirSync(platform.dir, { recursive: true }).find((file) => path.basename(file) === holding);
  return path.join(platform.dir, path.dirname(found));
}
