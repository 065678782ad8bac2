// An AI agent, over MCP with the official TypeScript client.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Platform } from '../harness.mjs';

let platform;
let admin;
let manager;

before(async () => {
  platform = await Platform.start();
  admin = await platform.admin();
  manager = await platform.user(admin, 'mona', ['crm_admins', 'crm_managers']);
});
after(() => platform?.stop());

async function agent(name, { policies = [], skills, budget } = {}) {
  const made = await admin.must('POST', '/api/v1/agents', {
    name, description: 'A test agent', runs_as: 'mona', policies, skills, budget,
  });
  const client = new Client({ name: 'e2e', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${platform.url}/mcp`), {
    requestInit: { headers: { 'X-API-Key': made.api_key } },
  }));
  return { name, client, key: made.api_key, call: (tool, args = {}) => client.callTool({ name: tool, arguments: args }) };
}

const audit = async (name) =>
  (await admin.must('GET', `/api/admin/audit?user=agent:${name}&limit=50`)).items;

test('an agent is shown exactly the tools it may use', async () => {
  const robot = await agent('clerk', {
    skills: ['crm.records.customer.list', 'crm.records.customer.get', 'crm.rules.customer_ltv', 'billing.records.track'],
  });
  const { tools } = await robot.client.listTools();
  assert.deepEqual(tools.map((tool) => tool.name).sort(), [
    'crm_records_customer_get', 'crm_records_customer_list', 'crm_rules_customer_ltv',
  ], 'tracks are a skill, but the account behind the agent may not see them');
  const list = tools.find((tool) => tool.name === 'crm_records_customer_list');
  assert.ok(list.description);
  assert.equal(list.annotations.readOnlyHint, true);
});

test('an agent reads customers and runs rules as a person does', async () => {
  const robot = await agent('reader', { skills: ['crm.records.customer.list', 'crm.rules.customer_ltv'] });
  const listed = await robot.call('crm_records_customer_list', { where: { country: 'Brazil' }, order: 'last_name', limit: 3 });
  assert.ok(!listed.isError, JSON.stringify(listed));
  assert.equal(listed.structuredContent.total, 5);
  assert.equal(listed.structuredContent.rows.length, 3);
  const ltv = await robot.call('crm_rules_customer_ltv', { customer_id: 1 });
  assert.equal(ltv.structuredContent.result, 39.62);
  const rows = await audit('reader');
  assert.ok(rows.every((row) => row.verdict === 'allow' && row.on_behalf_of === 'mona'));
  assert.equal(rows.length, 2);
});

test('a tool that is not shown answers like one that does not exist', async () => {
  const robot = await agent('curious', { skills: ['crm.records.customer.list'] });
  const answer = async (tool) => {
    try {
      const result = await robot.call(tool, { id: 1 });
      return JSON.stringify(result);
    } catch (error) {
      return `${error.code} ${error.message}`;
    }
  };
  const hidden = await answer('crm_records_customer_delete');
  const unknown = await answer('crm_records_customer_destroy');
  assert.equal(hidden.replaceAll('delete', 'X'), unknown.replaceAll('destroy', 'X'));
  assert.ok(await admin.must('GET', '/api/crm/v1/customers/1'));
});

test('a write that the policy forbids is refused before anything happens', async () => {
  await admin.must('PUT', '/api/v1/policies/no_credit', {
    description: 'Agents leave credit alone',
    rules: [{
      name: 'credit_is_for_people', verdict: 'deny', actions: ['crm.records.customer.update'],
      when: { 'changes.credit_limit': { exists: true } }, reason: 'credit is decided by people',
    }],
  });
  const robot = await agent('writer', { policies: ['no_credit'], skills: ['crm.records.customer'] });
  const before = await admin.must('GET', '/api/crm/v1/customers/2');

  const refused = await robot.call('crm_records_customer_update', { id: 2, changes: { credit_limit: 9999 } });
  assert.equal(refused.isError, true);
  assert.equal(refused.structuredContent.reason, 'forbidden');
  assert.match(refused.structuredContent.detail, /credit is decided by people/);
  assert.deepEqual(await admin.must('GET', '/api/crm/v1/customers/2'), before);

  const allowed = await robot.call('crm_records_customer_update', { id: 2, changes: { company: 'By an agent' } });
  assert.ok(!allowed.isError, JSON.stringify(allowed));
  const history = await admin.must('GET', '/api/crm/v1/customers/2/audit');
  assert.equal(history.items[0].changed_by, 'agent:writer');

  const rows = await audit('writer');
  const denied = rows.find((row) => row.verdict === 'deny');
  assert.equal(denied.policy, 'no_credit');
  assert.equal(denied.rule, 'credit_is_for_people');
});

test('a held write happens once after a person approves, and only exactly that write', async () => {
  await admin.must('PUT', '/api/v1/policies/ask_first', {
    rules: [{ name: 'changes_need_a_person', verdict: 'ask', actions: ['crm.records.customer.update'], reason: 'a person decides' }],
  });
  const robot = await agent('asker', { policies: ['ask_first'], skills: ['crm.records.customer'] });
  const change = { id: 3, changes: { company: 'Approved Inc.' } };

  const held = await robot.call('crm_records_customer_update', change);
  assert.equal(held.isError, true);
  assert.equal(held.structuredContent.reason, 'held');
  const id = held.structuredContent.approval;
  assert.ok(id);

  const inbox = (await admin.must('GET', '/api/v1/approvals?status=pending')).items;
  const question = inbox.find((item) => item.id === id);
  assert.equal(question.kind, 'agent');
  assert.equal(question.requested_by, 'agent:asker');
  assert.deepEqual(question.arguments, change);

  const self = await platform.withKey(robot.key).call('POST', `/api/v1/approvals/${id}`, { decision: 'approve' });
  assert.ok(self.status >= 400, 'an agent approves nothing');
  await admin.must('POST', `/api/v1/approvals/${id}`, { decision: 'approve', note: 'fine' });

  const other = await robot.call('crm_records_customer_update', { id: 3, changes: { company: 'Something else' } });
  assert.equal(other.structuredContent.reason, 'held', 'an approval is for exactly one call');
  const done = await robot.call('crm_records_customer_update', change);
  assert.ok(!done.isError, JSON.stringify(done));
  assert.equal((await admin.must('GET', '/api/crm/v1/customers/3')).company, 'Approved Inc.');
  const again = await robot.call('crm_records_customer_update', change);
  assert.equal(again.structuredContent.reason, 'held', 'an approval is used once');

  const verdicts = (await audit('asker')).map((row) => row.verdict);
  assert.ok(verdicts.includes('ask') && verdicts.includes('allow'));
});

test('an agent is stopped when its budget is spent', async () => {
  const robot = await agent('spender', {
    skills: ['crm.records.customer.get'], budget: { amount: 3, unit: 'calls', per: 'day' },
  });
  for (let i = 1; i <= 3; i++) {
    assert.ok(!(await robot.call('crm_records_customer_get', { id: i })).isError);
  }
  const stopped = await robot.call('crm_records_customer_get', { id: 4 });
  assert.equal(stopped.isError, true);
  assert.equal(stopped.structuredContent.reason, 'over_budget');
  assert.ok(stopped.structuredContent.retry_after_seconds > 0);
  assert.equal((await audit('spender'))[0].verdict, 'over_budget');
});

test('an agent that names an unknown policy can do nothing', async () => {
  const answer = await admin.call('POST', '/api/v1/agents', { name: 'lost', runs_as: 'mona', policies: ['no_such_policy'] });
  assert.equal(answer.status, 422);
});

test('nobody without a key speaks to the agents\' door', async () => {
  const answer = await platform.stranger().call('POST', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' });
  assert.equal(answer.status, 401);
});
