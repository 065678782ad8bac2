// What app code knows of its call, constants that administrators set, and faults that stay inside: as users meet them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Platform, temporaryFolder } from '../harness.mjs';

const SOURCES = {
  'app.yaml': 'groups: [probe_users]\nsecurity:\n  defaults:\n    logic: [probe_users]\n',
  'rules/Rules.java': `
@ExpressionRule
Map<String, Object> who() {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("user", ctx.user().name());
    answer.put("groups", ctx.user().groups().stream().sorted().toList());
    answer.put("agent", ctx.agent().orElse(""));
    answer.put("app", ctx.app().name());
    answer.put("request", ctx.request().map(r -> r.method() + " " + r.path() + " " + r.userAgent()).orElse("none"));
    return answer;
}

@ExpressionRule
long visits() {
    var visits = 1 + (int) ctx.session().get("visits").orElse(0);
    ctx.session().set("visits", visits);
    return visits;
}

@ExpressionRule
String mail() { return constants.mailbox(); }

@ExpressionRule
boolean isAddress(String text) { return text.contains("@"); }

@ExpressionRule
Object hostile(String how) {
    return switch (how) {
        case "state" -> throw new IllegalStateException("the secret of the state");
        case "error" -> throw new AssertionError("the secret of the error");
        case "deep" -> rules.hostile("deep");
        case "stack" -> over(1);
        case "itself" -> itself();
        case "strange" -> new StringBuilder("strange");
        case "number" -> new BigDecimal("1e999999999");
        case "null" -> ((String) null).length();
        case "cast" -> (Object) ((Integer) (Object) "x");
        default -> throw reject("how", "is unknown");
    };
}

long over(long n) { return over(n + 1) + 1; }

Object itself() {
    var map = new HashMap<String, Object>();
    map.put("map", map);
    return map;
}
`,
  'constants/Constants.java': `
@Constant(description = "Where mail goes", validate = "isAddress")
ByEnvironment<String> mailbox() { return usually("test@example.org").in("prod", "mail@example.org"); }

@Constant(description = "What greets")
String greeting() { return "probe.rules.mail"; }
`,
};

let platform;
let admin;
let uma;

before(async () => {
  const home = temporaryFolder();
  for (const [name, text] of Object.entries(SOURCES)) {
    const file = path.join(home, 'apps', 'probe', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  platform = await Platform.start({ command: ['run', '--home', home, '--env', 'prod'] });
  admin = await platform.admin();
  uma = await platform.user(admin, 'uma', ['probe_users']);
});
after(() => platform?.stop());

const rpc = (caller, rule, body = {}) => caller.call('POST', `/api/probe/v1/rpc/${rule}`, body);
const tool = (caller, name, args = {}) =>
  caller.call('POST', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }, {
    Accept: 'application/json, text/event-stream',
  });

test('code knows who asks, for which app, and by which request, and nothing that proves who it is', async () => {
  const answer = (await rpc(uma.caller, 'who')).body;
  assert.equal(answer.user, 'uma');
  assert.deepEqual(answer.groups, ['probe_users']);
  assert.equal(answer.app, 'probe');
  assert.match(answer.request, /^POST \/api\/probe\/v1\/rpc\/who /);
  assert.ok(!JSON.stringify(answer).includes(uma.key));
});

test('a group given a moment ago is seen by the next call', async () => {
  await admin.must('POST', '/api/admin/groups', { name: 'night_shift' });
  await admin.must('PUT', '/api/admin/groups/night_shift/members/uma');
  assert.deepEqual((await rpc(uma.caller, 'who')).body.groups, ['night_shift', 'probe_users']);
});

test('what is kept in a login session is its own, and ends with it; a key has none', async () => {
  const one = await platform.login('uma', uma.password);
  const other = await platform.login('uma', uma.password);
  assert.equal((await rpc(one, 'visits')).body, 1);
  assert.equal((await rpc(one, 'visits')).body, 2);
  assert.equal((await rpc(other, 'visits')).body, 1);
  const refused = await rpc(uma.caller, 'visits');
  assert.equal(refused.status, 403);
  assert.match(refused.body.detail, /not made in a login session/);
  await one.must('POST', '/api/auth/logout');
  assert.equal((await rpc(one, 'visits')).status, 401);
});

test('a constant has the value of its environment until an administrator sets another', async () => {
  const address = '/api/probe/v1/constants/mailbox';
  const setting = '/api/admin/constants/probe.constants.mailbox';
  assert.deepEqual((await uma.caller.must('GET', address)), {
    ref: 'probe.constants.mailbox', value: 'mail@example.org',
  });
  assert.equal((await rpc(uma.caller, 'mail')).body, 'mail@example.org');

  assert.equal((await uma.caller.call('PUT', setting, { value: 'x@y.z' })).status, 403);
  assert.equal((await admin.call('PUT', setting, { value: 5 })).status, 422);
  assert.match((await admin.call('PUT', setting, { value: 'nobody' })).body.detail, /probe.rules.is_address says no/);
  assert.equal((await admin.must('PUT', setting, { value: 'new@example.org' })).set_by, 'admin');

  assert.equal((await rpc(uma.caller, 'mail')).body, 'new@example.org');
  assert.equal((await tool(uma.caller, 'probe_constants_mailbox')).body.result.structuredContent.result,
    'new@example.org');
  const { items } = await admin.must('GET', '/api/admin/constants');
  assert.equal(items.find((item) => item.ref === 'probe.constants.mailbox').stated, 'mail@example.org');

  await admin.must('DELETE', setting);
  assert.equal((await uma.caller.must('GET', address)).value, 'mail@example.org');
  assert.equal((await uma.caller.call('GET', '/api/probe/v1/constants/nothing')).status, 404);
  assert.equal((await platform.stranger().call('GET', address)).status, 401);
});

test('a constant that names an object runs it', async () => {
  assert.equal(await uma.caller.must('POST', '/api/probe/v1/constants/greeting', {}), 'mail@example.org');
});

test('a problem says when, about what, and under which id it is logged', async () => {
  const { body } = await rpc(uma.caller, 'hostile', { how: 'nicely' });
  assert.equal(body.object_ref, 'probe.rules.hostile');
  assert.equal(body.object_type, 'rule');
  assert.match(body.timestamp, /^2\d\d\d-\d\d-\d\dT.*Z$/);
  assert.match(body.execution_id, /^exec_/);
  const answer = (await tool(uma.caller, 'probe_rules_hostile', { how: 'nicely' })).body.result;
  assert.equal(answer.isError, true);
  assert.equal(answer.structuredContent.object_type, 'rule');
  assert.match(answer.structuredContent.timestamp, /Z$/);
});

test('no exception gets out over HTTP or MCP, whatever app code throws or answers', async () => {
  const leaks = /Exception|Error\b|secret|dev\.appos|java\.|\bat \w+\./;
  for (const how of ['state', 'error', 'deep', 'stack', 'itself', 'strange', 'number', 'null', 'cast']) {
    const answer = await rpc(uma.caller, 'hostile', { how });
    assert.ok([200, 409, 500].includes(answer.status), `${how}: ${answer.status} ${answer.text}`);
    assert.doesNotMatch(answer.text, leaks, how);
    if (answer.status !== 200) assert.ok(answer.body.execution_id, `${how}: ${answer.text}`);
    const called = await tool(uma.caller, 'probe_rules_hostile', { how });
    assert.equal(called.status, 200, `${how}: ${called.text}`);
    assert.doesNotMatch(called.text.replaceAll('isError', ''), leaks, how);
  }
  assert.equal((await rpc(uma.caller, 'mail')).status, 200);
});
