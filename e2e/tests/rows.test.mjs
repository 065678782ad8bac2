// Two support agents and an administrator: each agent finds only her own customers, wherever she looks.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { browser } from '../browser.mjs';
import { Platform, ROOT, eventually, temporaryFolder } from '../harness.mjs';

const pictures = path.join(ROOT, 'e2e', 'target');
const home = temporaryFolder();
const source = path.join(home, 'apps/crm/records/Customer.java');
let platform;
let admin;
let jane;
let margaret;

/** The example apps, with a filter on customers and two fields that are not for everybody. */
function restrict() {
  for (const part of ['apps', 'migrations']) {
    const from = path.join(ROOT, 'examples', part);
    if (fs.existsSync(from)) fs.cpSync(from, path.join(home, part), { recursive: true });
  }
  const text = fs.readFileSync(source, 'utf8')
    .replace('@Min(0) @Digits(fraction = 2) BigDecimal creditLimit', '@Restricted(view = "crm_managers") $&')
    .replace('@Size(max = 24) String phone', '@Restricted(update = "crm_admins") $&')
    .replace('    enum Status', `    @RowFilter
    static Cond own(CustomerRecords.Fields customer) {
        return ctx.user().in("crm_managers") ? everything() : customer.supportRep().email().like(ctx.user() + "@*");
    }

    enum Status`);
  fs.writeFileSync(source, text);
}

const customer = (firstName, rep) => ({
  first_name: firstName, last_name: 'Test', email: `${firstName}@customers.test`.toLowerCase(), phone: '+1 555',
  support_rep_id: rep, credit_limit: 77, status: 'ACTIVE',
});

before(async () => {
  restrict();
  platform = await Platform.start({ command: ['run', '--home', home] });
  admin = await platform.admin();
  const reps = ['jane', 'margaret'].map((name) => ({
    first_name: name, last_name: 'Rep', email: `${name}@chinook.test` }));
  await admin.must('POST', '/api/crm/v1/employees', reps);
  await admin.must('POST', '/api/crm/v1/customers', [customer('Anton', 1), customer('Berta', 2), customer('Carla', 1)]);
  await admin.must('POST', '/api/billing/v1/invoices', [
    { customer_id: 1, invoice_date: '2026-01-01T00:00:00Z', total: 5 },
    { customer_id: 2, invoice_date: '2026-01-02T00:00:00Z', total: 7 }]);
  jane = await platform.user(admin, 'jane', ['crm_users']);
  margaret = await platform.user(admin, 'margaret', ['crm_users', 'crm_managers']);
});
after(() => platform?.stop());

const names = (rows) => rows.map((row) => row.first_name).join();

test('an agent lists, counts, gets, exports and embeds only her own customers', async () => {
  const rows = await jane.caller.must('GET', '/api/crm/v1/customers');
  assert.equal(names(rows), 'Anton,Carla');
  assert.ok(!('credit_limit' in rows[0]));
  assert.equal(names(await margaret.caller.must('GET', '/api/crm/v1/customers')), 'Anton,Berta,Carla');
  const counted = await jane.caller.call('GET', '/api/crm/v1/customers?limit=1', undefined, { Prefer: 'count=exact' });
  assert.equal(counted.headers.get('content-range'), '0-0/2');
  const hidden = await jane.caller.call('GET', '/api/crm/v1/customers/2');
  const missing = await jane.caller.call('GET', '/api/crm/v1/customers/9');
  assert.equal(hidden.status, 404);
  assert.equal(hidden.headers.get('etag'), null);
  const same = (answer, id) => answer.text.replaceAll(/exec_\w+|\d{4}-\d\d-\d\dT[^"]*Z/g, '')
    .replaceAll(`customer ${id}`, 'customer');
  assert.equal(same(hidden, 2), same(missing, 9));
  const csv = await jane.caller.call('GET', '/api/crm/v1/customers', undefined, { Accept: 'text/csv' });
  assert.ok(csv.text.includes('Anton') && !csv.text.includes('Berta') && !csv.text.includes('credit'), csv.text);
  const invoices = await jane.caller.must('GET', '/api/billing/v1/invoices?select=id,customer(first_name)&order=id');
  assert.deepEqual(invoices, [{ id: 1, customer: { first_name: 'Anton' } }, { id: 2, customer: null }]);
});

test('a tool, a rule and a history see what she sees', async () => {
  const mcp = async (caller, method, params) => (await caller.must('POST', '/mcp', {
    jsonrpc: '2.0', id: 1, method, params })).result;
  const list = await mcp(jane.caller, 'tools/call', { name: 'crm_records_customer_list', arguments: {} });
  assert.equal(list.structuredContent.total, 2);
  const { tools } = await mcp(jane.caller, 'tools/list', {});
  const tool = tools.find(({ name }) => name === 'crm_records_customer_update');
  assert.ok(!JSON.stringify(tool).includes('credit_limit'));
  assert.equal((await jane.caller.call('POST', '/api/crm/v1/rpc/follow_up', { customer_id: 2 })).status, 404);
  assert.equal((await jane.caller.call('POST', '/api/crm/v1/rpc/follow_up', { customer_id: 1 })).status, 403);
  assert.equal((await jane.caller.call('GET', '/api/crm/v1/customers/2/audit')).status, 404);
  const { items } = await jane.caller.must('GET', '/api/crm/v1/customers/1/audit');
  assert.ok(items.some((item) => item.field_name === 'email'));
  assert.ok(items.every((item) => item.field_name !== 'credit_limit'));
});

test('she changes her own customers, keeps them hers, and writes only what she may', async () => {
  const change = (id, body) => jane.caller.call('PATCH', `/api/crm/v1/customers/${id}`, body);
  assert.equal((await change(1, { city: 'Oslo' })).status, 200);
  assert.equal((await change(2, { city: 'Oslo' })).status, 404);
  assert.equal((await change(1, { support_rep_id: 2 })).status, 403);
  const phone = await change(1, { phone: '+1 556' });
  assert.equal(phone.status, 422);
  assert.equal(phone.body.errors[0].code, 'restricted');
  const credit = await change(1, { credit_limit: 1 });
  assert.equal(credit.body.errors[0].code, 'unknown');
  const all = await jane.caller.must('PATCH', '/api/crm/v1/customers?city=is.null', { city: 'Rome' },
    { Prefer: 'return=representation' });
  assert.equal(names(all), 'Carla');
  assert.deepEqual((await admin.must('GET', '/api/crm/v1/customers?select=city,support_rep_id&order=id')), [
    { city: 'Oslo', support_rep_id: 1 }, { city: null, support_rep_id: 2 }, { city: 'Rome', support_rep_id: 1 }]);
});

test('the console shows each of them her rows and her columns', async () => {
  const chromium = await browser();
  const errors = [];
  try {
    fs.mkdirSync(pictures, { recursive: true });
    for (const [user, rows, credit] of [[jane, 2, false], [margaret, 3, true]]) {
      const context = await chromium.newContext({ viewport: { width: 1360, height: 850 } });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(`${platform.url}/crm/customers`);
      await page.getByLabel('Username').fill(user.username);
      await page.getByLabel('Password', { exact: true }).fill(user.password);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('row').filter({ hasText: 'Anton' }).waitFor();
      assert.equal(await page.getByRole('row').filter({ hasText: 'customers.test' }).count(), rows);
      assert.equal(await page.getByRole('columnheader', { name: /Credit limit/ }).count(), credit ? 1 : 0);
      await page.screenshot({ path: path.join(pictures, `rows-${user.username}-table.png`) });
      await page.getByRole('row').filter({ hasText: 'Anton' }).click();
      await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
      assert.equal(/Credit limit/.test(await page.getByRole('group', { name: 'Details' }).innerText()), credit);
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await page.getByLabel('Email').waitFor();
      assert.equal(await page.getByLabel('Credit limit').count(), credit ? 1 : 0);
      await page.screenshot({ path: path.join(pictures, `rows-${user.username}-form.png`) });
      await context.close();
    }
    assert.deepEqual(errors, []);
  } finally {
    await chromium.close();
  }
});

test('explain says which filter and which fields, and without the filter she sees everything', async () => {
  const explain = await admin.must('GET', '/api/admin/explain?user=jane&ref=crm.records.customer&permission=view');
  assert.deepEqual(explain.row_filters, ['own']);
  assert.deepEqual(explain.hidden_fields, ['credit_limit']);
  assert.deepEqual(explain.read_only_fields, ['phone']);
  fs.writeFileSync(source, fs.readFileSync(source, 'utf8').replace(/ {4}@RowFilter[^}]*}\n/, ''));
  await eventually(
    async () => (await jane.caller.must('GET', '/api/crm/v1/customers')).length === 3, 'the filter to be gone');
});
