// A process that waits: for another system, for a person, for another process.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Platform, eventually, temporaryFolder } from '../harness.mjs';

const SOURCES = {
  'app.yaml': 'groups: [desk, bosses, chiefs]\nsecurity:\n  defaults:\n    logic: [desk]\n',
  'processes/Processes.java': `
record Payment(@NotBlank String invoice, BigDecimal amount) {}

record Credit(@NotBlank String reason, Long limit) {}

@Process(use = "desk", displayName = "Collect {customer}")
String collect(String customer) {
    ctx.var("state", "waiting for money");
    var paid = paid();
    ctx.var("state", "paid");
    var checked = task("check", "Is it right?").group("bosses").due("1 day").fourEyes().choices("yes", "no");
    var credit = task("credit", "How much credit?").group("bosses").form(Credit.class);
    return paid.invoice() + " " + paid.amount() + " " + checked.value() + " by " + checked.by() + " "
            + credit.value().limit();
}

Payment paid() { return signal("paid", Payment.class); }

@Process(use = "desk")
String order(String customer) { return "ordered, " + processes.collect.run(customer); }
`,
  'rules/Rules.java': `
@ExpressionRule
void pay(UUID id) { processes.collect.signal(id, "paid", new Payment("B2", new BigDecimal("7"))); }
`,
};

let platform;
let admin;
let dora;
let bob;
let eve;

before(async () => {
  const home = temporaryFolder();
  for (const [name, text] of Object.entries(SOURCES)) {
    const file = path.join(home, 'apps', 'office', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  platform = await Platform.start({ command: ['run', '--home', home] });
  admin = await platform.admin();
  dora = (await platform.user(admin, 'dora', ['desk', 'bosses'])).caller;
  bob = (await platform.user(admin, 'bob', ['bosses'])).caller;
  eve = (await platform.user(admin, 'eve', ['chiefs'])).caller;
});
after(() => platform?.stop());

const start = async (name) =>
  (await dora.must('POST', `/api/office/v1/processes/${name}`, { customer: 'Ada' })).instance_id;
const instance = (id) => dora.must('GET', `/api/v1/processes/${id}`);
const inbox = async (caller) => (await caller.must('GET', '/api/v1/approvals?kind=task&mine=true&status=pending')).items;
const task = (caller, title) =>
  eventually(async () => (await inbox(caller)).find((each) => each.title === title), `the task ${title}`);

test('a process waits for a payment, a check by four eyes and a form, and says what came of it', async () => {
  const id = await start('collect');
  const paid = `/api/v1/processes/${id}/signals/paid`;
  await eventually(async () => (await instance(id)).variables.state === 'waiting for money', 'its state');

  assert.equal((await eve.call('POST', paid, { invoice: 'A1' })).status, 404);
  const wrong = await dora.call('POST', paid, { amount: 'much', other: 1 });
  assert.equal(wrong.status, 422);
  assert.deepEqual(wrong.body.errors.map((each) => each.path).sort(), ['/amount', '/invoice', '/other']);
  assert.equal((await dora.call('POST', paid, [1])).status, 400);
  const unknown = await dora.call('POST', `/api/v1/processes/${id}/signals/payed`, {});
  assert.equal(unknown.status, 404);
  assert.match(unknown.body.remedy, /paid/);

  const key = { 'Idempotency-Key': 'bank-1' };
  assert.equal((await dora.call('POST', paid, { invoice: 'A1', amount: '12.50' }, key)).status, 202);
  assert.equal((await dora.call('POST', paid, { invoice: 'A1', amount: '12.50' }, key)).status, 202);

  const check = await task(bob, 'Is it right?');
  assert.deepEqual(check.choices, ['yes', 'no']);
  assert.equal((await instance(id)).signals_untaken.length, 0, 'sent twice, there once');
  assert.ok(!JSON.stringify(check).includes('Ada'), 'who may not see the process does not see its inputs');
  assert.equal((await inbox(eve)).length, 0);
  const address = `/api/v1/approvals/${check.id}`;
  assert.equal((await dora.call('POST', address, { decision: 'yes' })).status, 403, 'she started it');
  assert.equal((await eve.call('POST', `${address}/claim`)).status, 404);
  await bob.must('POST', `${address}/claim`);
  assert.equal((await bob.call('POST', address, { decision: 'approve' })).status, 422);
  assert.equal((await bob.call('POST', address, { decision: 'yes', digest: 'another' })).status, 409);
  await bob.must('POST', address, { decision: 'yes', digest: check.digest });
  assert.equal((await bob.call('POST', address, { decision: 'no' })).status, 409);

  const credit = await task(dora, 'How much credit?');
  assert.equal((await dora.call('POST', `/api/v1/approvals/${credit.id}`, { value: { limit: 'x' } })).status, 422);
  await dora.must('POST', `/api/v1/approvals/${credit.id}`, { value: { reason: 'good', limit: 500 } });
  const done = await eventually(async () => {
    const found = await instance(id);
    assert.notEqual(found.status, 'failed', JSON.stringify(found.error));
    return found.status === 'completed' && found;
  }, 'the process to end');
  assert.equal(done.outputs, 'A1 12.50 yes by bob 500');
  assert.equal((await dora.call('POST', paid, { invoice: 'A1' })).status, 409);
});

test('a process that waits for another has its answer, and code of the app sends signals too', async () => {
  const id = await start('order');
  const child = await eventually(async () => (await instance(id)).children[0], 'the child');
  assert.equal(child.process, 'office.processes.collect');
  assert.equal((await instance(child.instance_id)).parent_instance_id, id);
  await dora.must('POST', '/api/office/v1/rpc/pay', { id: child.instance_id });
  const check = await task(bob, 'Is it right?');
  await bob.must('POST', `/api/v1/approvals/${check.id}`, { decision: 'no' });
  const credit = await task(bob, 'How much credit?');
  await bob.must('POST', `/api/v1/approvals/${credit.id}`, { value: { reason: 'bad', limit: 0 } });
  const done = await eventually(async () => {
    const found = await instance(id);
    return found.status === 'completed' && found;
  }, 'the parent to end');
  assert.equal(done.outputs, 'ordered, B2 7 no by bob 0');
});

test('who ends a process ends the one it waits for', async () => {
  const id = await start('order');
  const child = await eventually(async () => (await instance(id)).children[0], 'the child');
  await dora.must('POST', `/api/v1/processes/${id}/cancel`);
  await eventually(async () => (await instance(child.instance_id)).status === 'cancelled', 'the child to end');
});
