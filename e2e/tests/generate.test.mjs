// Somebody who begins an app with what the platform writes for him.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Platform, run, temporaryFolder } from '../harness.mjs';

const FIELDS = ['title:text(80):required', 'cost:decimal(12,2):min(0)', 'status:choice(OPEN|DONE):required:default(OPEN)',
  'note:ref(Note,set_null)', 'due:date'];

test('everything about a record is generated, compiles, runs, and overwrites nothing', async () => {
  const home = path.join(temporaryFolder(), 'desk');
  assert.equal((await run(['init', '--home', home, '--app', 'desk'])).code, 0);
  const generate = (...words) => run(['generate', ...words, '--home', home]);
  const record = path.join(home, 'apps/desk/records/Ticket.java');

  const dry = await generate('all', 'desk.Ticket', ...FIELDS, '--dry-run');
  assert.equal(dry.code, 0, dry.out + dry.err);
  assert.match(dry.out, /record Ticket\(/);
  assert.ok(!fs.existsSync(record));

  const all = await generate('all', 'desk.Ticket', ...FIELDS);
  assert.equal(all.code, 0, all.out + all.err);
  const text = fs.readFileSync(record, 'utf8');
  const again = await generate('model', 'desk.Ticket', 'other:text');
  assert.equal(again.code, 1);
  assert.match(again.err, /is there already; nothing was written/);
  const broken = await generate('model', 'desk.Ticket', 'title:text', '--force');
  assert.equal(broken.code, 1, 'the rules that name other fields would not compile');
  assert.match(broken.out, /would not compile; nothing was written/);
  assert.equal(fs.readFileSync(record, 'utf8'), text);
  const wrong = await generate('modle', 'desk.Ticket', 'title:text');
  assert.match(wrong.err, /Did you mean model\?/);
  assert.equal((await generate('model', 'nowhere.Ticket', 'title:text')).code, 1);
  assert.equal((await generate('audit', 'desk.Ticket')).code, 0);

  const csv = path.join(home, 'parts.csv');
  fs.writeFileSync(csv, 'part_id,name,price,ticket_id\n1,Screw,0.25,1\n2,Nut,0.30,1\n');
  assert.equal((await generate('model', 'desk.Part', '--from-csv', csv)).code, 0);
  const check = await run(['check', '--home', home]);
  assert.equal(check.out, 'No faults.\n');

  const platform = await Platform.start({ command: ['run', '--home', home] });
  const admin = await platform.admin();
  const rpc = (rule, inputs) => admin.must('POST', `/api/desk/v1/rpc/${rule}`, inputs);
  const id = await rpc('add_ticket', { title: 'Printer' });
  await admin.must('PATCH', `/api/desk/v1/tickets/${id}`, { cost: 12.5, due: '2026-11-20' });
  assert.deepEqual(await rpc('find_tickets', { words: 'rint', most: 5 }), [{ id, title: 'Printer' }]);
  assert.deepEqual((await rpc('page_tickets', { after: 0, size: 5 })).map((each) => each.title), ['Printer']);
  assert.deepEqual(await rpc('tickets_by_status', {}), [{ status: 'OPEN', number: 1, sum: 12.5 }]);
  assert.deepEqual(await rpc('tickets_by_due_month', {}), [{ due: '2026-11-01', number: 1, sum: 12.5 }]);
  const screen = JSON.stringify(await admin.must('GET', '/api/ui/desk/tickets'));
  assert.match(screen, /Cost/);
  await admin.must('POST', '/api/desk/v1/parts', { name: 'Bolt', price: 1, ticket_id: id });
  assert.equal((await admin.call('POST', '/api/desk/v1/rpc/find_tickets', { words: 'x', most: 500 })).status, 422);
  await platform.stop();

  fs.writeFileSync(record, fs.readFileSync(record, 'utf8').replace('LocalDate due', 'LocalDate due, String more'));
  const stopped = ['--dir', platform.dir];
  const shown = await generate('migration', 'desk', '--dry-run', ...stopped);
  assert.match(shown.out, /-- SAFE: add desk\.tickets\.more/, shown.out + shown.err);
  const migration = await generate('migration', 'desk', ...stopped);
  assert.equal(migration.code, 0, migration.out + migration.err);
  const migrated = await run(['migrate', '--home', home, ...stopped]);
  assert.equal(migrated.out.trim(), 'Nothing to do: the tables are as the definitions say.', migrated.err);
});
