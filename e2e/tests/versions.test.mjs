// An author changes a process while an instance of it waits.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Platform, eventually, run, temporaryFolder } from '../harness.mjs';

const body = (first, last) => `
@Process(use = "desk_users")
void ask(long number) {
    step("${first}", () -> records.note.create(n -> n.title("${first} " + number).done(false)));
    approval("ask", "desk_users", "Go on with " + number + "?");
    step("end", () -> records.note.create(n -> n.title("${last} " + number).done(false)));
}
`;

test('an instance ends on the code it began with, is listed, and moves where that goes', async () => {
  const home = path.join(temporaryFolder(), 'desk');
  assert.equal((await run(['init', '--home', home, '--app', 'desk'])).code, 0);
  const file = path.join(home, 'apps/desk/processes/Ask.java');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, body('begin', 'old'));
  const platform = await Platform.start({ command: ['run', '--home', home] });
  const admin = await platform.admin();
  const dora = await platform.user(admin, 'dora', ['desk_users']);
  const eva = await platform.user(admin, 'eva', ['desk_users']);
  const start = async (number) =>
    (await dora.caller.must('POST', '/api/desk/v1/processes/ask', { number })).instance_id;
  const asked = (number) => eventually(async () =>
    (await eva.caller.must('GET', '/api/v1/approvals?status=pending')).items.find((each) => each.title.includes(` ${number}?`)), 'the question');
  const hash = async () => (await admin.must('GET', '/api/admin/changes')).items.length;
  const save = async (text) => {
    const before = await hash();
    fs.writeFileSync(file, text);
    await eventually(async () => (await hash()) > before, 'the change to be live');
  };
  const end = async (id, number) => {
    const question = await asked(number);
    await eva.caller.must('POST', `/api/v1/approvals/${question.id}`, { decision: 'approve' });
    return eventually(async () => {
      const instance = await dora.caller.must('GET', `/api/v1/processes/${id}`);
      assert.notEqual(instance.status, 'failed', JSON.stringify(instance.error));
      return instance.status === 'completed' && instance;
    }, 'the end');
  };
  const titles = async () => (await dora.caller.must('GET', '/api/desk/v1/notes?order=id')).map((note) => note.title);

  const one = await start(1);
  await asked(1);
  const two = await start(2);
  await asked(2);
  await save(body('begin', 'new'));

  const living = (await dora.caller.must('GET', '/api/v1/processes/stranded')).items;
  assert.deepEqual(living.map((each) => [each.instance_id, each.difference]), [[one, null], [two, null]]);
  await end(one, 1);
  const moved = await dora.caller.must('POST', '/api/v1/processes/migrate', { process: 'desk.processes.ask' });
  assert.deepEqual(moved, { moved: 1, stranded: [] });
  await save(body('start', 'newest'));
  const [stranded] = (await dora.caller.must('GET', '/api/v1/processes/stranded')).items;
  assert.match(stranded.difference, /The journal has step "begin", and the process now asks for step "start" instead/);
  const kept = await dora.caller.must('POST', '/api/v1/processes/migrate', { process: 'desk.processes.ask' });
  assert.equal(kept.moved, 0);
  assert.equal(kept.stranded.length, 1);
  await end(two, 2);
  assert.deepEqual((await titles()).filter((title) => /\d$/.test(title)), ['begin 1', 'begin 2', 'old 1', 'new 2']);

  const log = await eventually(async () => {
    const lines = await admin.must('GET', '/api/admin/logs?type=system&limit=200');
    return JSON.stringify(lines).includes('processes_stranded') && lines;
  }, 'the line of the log', 5_000);
  assert.ok(log);
  assert.equal((await platform.stranger().call('GET', '/api/v1/processes/stranded')).status, 401);
  assert.equal((await dora.caller.call('POST', '/api/v1/processes/migrate', { process: 'desk.processes.none' })).status, 404);
  assert.equal((await dora.caller.call('POST', '/api/v1/processes/migrate', {})).status, 422);
  await platform.stop();
});
