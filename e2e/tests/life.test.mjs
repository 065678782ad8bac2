// The life of a record, as its users meet it: trash, undo, events that survive a kill, and two who change the same.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Platform, eventually, temporaryFolder } from '../harness.mjs';

const FILES = {
  'appos.yaml': '',
  'apps/shop/app.yaml': 'title: Shop\ngroups: [shop_users, shop_admins]\nsecurity:\n  defaults:\n    logic: [shop_users]\n',
  'apps/shop/records/Item.java': `
@Record(audit = true, auditReads = true, softDelete = true, view = "shop_users", create = "shop_users",
        update = "shop_users", delete = "shop_users", admin = "shop_admins", onCreate = "follow")
record Item(@NotBlank String name, @Unique String code, Integer stock, String note) {

    @BeforeCreate
    static void tidy(Item given, ItemRecords.Change change) {
        if (given.name().startsWith("bad")) { throw reject("name", "is not for sale"); }
        change.name(given.name().strip());
    }

    @OnCreate(async = true)
    static void tell(Row<Item> item) { records.note.create(n -> n.text("new " + item.value().name())); }
}
`,
  'apps/shop/records/Note.java': `
@Record(audit = true, view = "shop_users", create = "shop_users", update = "shop_users", delete = "shop_users")
record Note(@NotBlank String text) {}
`,
  'apps/shop/rules/Rules.java': `
@ExpressionRule
long sell(String name) {
    long id = records.item.create(i -> i.name(name).stock(1));
    records.item.update(id, i -> i.note("sold"));
    ctx.log().event("item.sold", "shop.records.item/" + id, Map.of("name", name));
    return id;
}
`,
  'apps/shop/processes/Follow.java': `
@Process(displayName = "Follow {itemId}", use = "shop_users", view = "shop_users")
void follow(long itemId) { step("note", () -> { records.note.create(n -> n.text("followed " + itemId)); }); }
`,
};

let home;
let platform;
let admin;
let ida;

const items = '/api/shop/v1/items';
const texts = async () => (await admin.must('GET', '/api/shop/v1/notes?order=id')).map((note) => note.text);
const made = async (item) => (await admin.call('POST', items, item, { Prefer: 'return=representation' })).body[0];

before(async () => {
  home = temporaryFolder();
  for (const [name, text] of Object.entries(FILES)) {
    fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    fs.writeFileSync(path.join(home, name), text);
  }
  platform = await Platform.start({ command: ['run', '--home', home], dir: path.join(home, 'state') });
  admin = await platform.admin();
  ida = await platform.user(admin, 'ida', ['shop_users']);
});

after(() => platform?.stop());

test('a deleted record lies in the trash, frees its code, and comes back', async () => {
  const caller = ida.caller;
  const item = await made({ name: 'Pot', code: 'p1' });
  assert.equal((await caller.call('DELETE', `${items}/${item.id}`)).status, 204);
  assert.equal((await caller.call('GET', `${items}/${item.id}`)).status, 404);
  assert.deepEqual(await caller.must('GET', `${items}?code=eq.p1`), []);
  const trash = await caller.must('GET', `${items}/trash?code=eq.p1`);
  assert.equal(trash[0].deleted_by, 'ida');

  const other = await made({ name: 'Pan', code: 'p1' });
  assert.equal((await caller.call('POST', `${items}/${item.id}/restore`)).status, 409);
  await caller.call('DELETE', `${items}/${other.id}`);
  const back = await caller.call('POST', `${items}/${item.id}/restore`);
  assert.equal(back.status, 200);
  assert.equal(back.body.deleted_at, null);

  assert.equal((await caller.call('DELETE', `${items}/${item.id}?hard=true`)).status, 403);
  assert.equal((await admin.call('DELETE', `${items}/${item.id}?hard=true`)).status, 204);
  assert.equal((await caller.call('POST', `${items}/${item.id}/restore`)).status, 404);
});

test('an execution is undone in one call, unless somebody changed the record since', async () => {
  const sold = await ida.caller.call('POST', '/api/shop/v1/rpc/sell', { name: 'Bowl' });
  const id = sold.body;
  const [entry] = (await admin.must('GET', `${items}/${id}/audit`)).items;
  const events = (await ida.caller.must('GET', '/api/v1/apps/shop/events?event_type=item.sold')).items;
  assert.equal(events[0].object_ref, `shop.records.item/${id}`);
  assert.equal(events[0].execution_id, entry.execution_id);

  const change = await ida.caller.call('PATCH', `${items}/${id}`, { stock: 7 });
  assert.equal(change.status, 200);
  const refused = await ida.caller.call('POST', '/api/v1/undo', { execution_id: entry.execution_id });
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, /was changed since/);
  const [last] = (await admin.must('GET', `${items}/${id}/audit`)).items;
  await ida.caller.must('POST', '/api/v1/undo', { execution_id: last.execution_id, ref: 'shop.records.item', id });
  assert.equal((await ida.caller.must('GET', `${items}/${id}`)).stock, 1);
});

test('two who change the same are shown all three sides, and changes beside each other can be merged', async () => {
  const item = await made({ name: 'Cup', stock: 1, note: 'n' });
  await admin.must('PATCH', `${items}/${item.id}`, { note: 'theirs' });

  const stale = await ida.caller.call('PATCH', `${items}/${item.id}`, { note: 'mine', stock: 2 }, { 'If-Match': '"1"' });
  assert.equal(stale.status, 412);
  assert.equal(stale.body.base.note, 'n');
  assert.equal(stale.body.theirs.note, 'theirs');
  assert.deepEqual(stale.body.yours, { note: 'mine', stock: 2 });
  assert.deepEqual(stale.body.conflicts, ['note']);
  assert.equal(stale.body.mergeable, false);
  assert.equal((await ida.caller.call('PATCH', `${items}/${item.id}`, { stock: 2, version: 1 })).status, 409);

  const merged = await ida.caller.call(
    'PATCH', `${items}/${item.id}`, { stock: 2 }, { 'If-Match': '"1"', Prefer: 'resolution=merge-fields' });
  assert.equal(merged.status, 200);
  assert.equal(merged.body.note, 'theirs');
});

test('a before event refuses over REST and over MCP alike', async () => {
  const rest = await ida.caller.call('POST', items, { name: 'bad pot' });
  assert.equal(rest.status, 422);
  assert.equal(rest.body.errors[0].path, '/name');
  const tool = await ida.caller.call('POST', '/mcp', {
    jsonrpc: '2.0', id: 1, method: 'tools/call',
    params: { name: 'shop_records_item_create', arguments: { name: 'bad pot' } },
  });
  assert.match(JSON.stringify(tool.body), /is not for sale/);
});

test('who read which record is told to those who may do everything with it', async () => {
  const item = await made({ name: 'Read me' });
  await ida.caller.must('GET', `${items}/${item.id}`);
  await ida.caller.must('GET', `${items}?select=name&name=eq.Read%20me`);
  const address = `/api/admin/record-reads?ref=shop.records.item&id=${item.id}`;
  const reads = (await admin.must('GET', address)).items.filter((read) => read.read_by === 'ida');
  assert.equal(reads.length, 2, JSON.stringify(reads));
  assert.equal((await ida.caller.call('GET', address)).status, 404);
});

test('what follows a change is done once, also when the server is killed in between', async () => {
  const names = [];
  for (const wait of [0, 20, 60]) {
    for (let i = 0; i < 5; i++) {
      const name = `Killed ${wait} ${i}`;
      names.push(name);
      assert.equal((await admin.call('POST', items, { name })).status, 201);
    }
    await new Promise((done) => setTimeout(done, wait));
    await platform.kill();
    platform = await Platform.start({ command: ['run', '--home', home], dir: path.join(home, 'state') });
    admin = await platform.admin();
  }
  await eventually(async () => (await texts()).filter((text) => text.startsWith('new Killed')).length >= names.length,
    'every event');
  await eventually(async () => (await admin.must('GET', '/api/admin/record-events')).items.length === 0, 'an empty outbox');
  const told = (await texts()).filter((text) => text.startsWith('new Killed'));
  assert.deepEqual(told.sort(), names.map((name) => `new ${name}`).sort());
  // The process that a record names was started for each of them, once.
  const followed = await eventually(async () => {
    const all = (await texts()).filter((text) => text.startsWith('followed'));
    return all.length >= names.length && all;
  }, 'every process');
  assert.equal(new Set(followed).size, followed.length);
  // History names the instance that wrote it, and none where a person did.
  const [note] = await admin.must('GET', '/api/shop/v1/notes?text=like.followed*&limit=1');
  const [written] = (await admin.must('GET', `/api/shop/v1/notes/${note.id}/audit`)).items;
  const { process } = await admin.must('GET', `/api/v1/processes/${written.process_instance_id}`);
  assert.equal(process, 'shop.processes.follow');
});
