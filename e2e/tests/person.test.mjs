// A person, in a browser: logs in, finds a customer, changes it, and sees who changed what.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { browser } from '../browser.mjs';
import { Platform, ROOT } from '../harness.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = path.join(ROOT, 'e2e', 'target');

let platform;
let chromium;
let page;
let user;
const violations = [];

before(async () => {
  platform = await Platform.start();
  const admin = await platform.admin();
  user = await platform.user(admin, 'paula', ['crm_users', 'crm_admins', 'crm_managers']);
  chromium = await browser();
  const context = await chromium.newContext({ viewport: { width: 1360, height: 850 }, bypassCSP: false });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('console', (message) => {
    if (message.type() === 'error') violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(String(error)));
  fs.mkdirSync(pictures, { recursive: true });
});
after(async () => {
  await chromium?.close();
  await platform?.stop();
});

const shot = (name) => page.screenshot({ path: path.join(pictures, `${name}.png`) });

test('a stranger sees the login, and a wrong password is said to be wrong', async () => {
  await page.goto(`${platform.url}/crm/customers`);
  await page.getByLabel('Username').fill('paula');
  await page.getByLabel('Password', { exact: true }).fill('not her password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').first().waitFor();
  await shot('login');
  // The browser itself reports the 401 in its console.
  violations.length = 0;
});

test('she logs in and lands where she wanted to go', async () => {
  await page.getByLabel('Password', { exact: true }).fill(user.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Almeida').first().waitFor();
  assert.match(page.url(), /\/crm\/customers/);
  await page.getByText('59').first().waitFor();
  await shot('customers');
});

test('she sorts and pages, and the address keeps it', async () => {
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText(/26.50 of 59/).waitFor();
  const address = page.url();
  await page.goBack();
  await page.getByText(/1.25 of 59/).waitFor();
  await page.goto(address);
  await page.getByText(/26.50 of 59/).waitFor();
});

test('she finds a customer by typing, and opens it', async () => {
  await page.goto(`${platform.url}/crm/customers`);
  await page.getByRole('searchbox', { name: /Search customers/i }).fill('schneider');
  await page.getByText(/of 1\b/).waitFor();
  await page.getByRole('row').filter({ hasText: 'Schneider' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await shot('customer');
});

test('a slip is shown at its field, and nothing is saved', async () => {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Email').fill('nobody');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/e-?mail/i).last().waitFor();
  const stored = await user.caller.must('GET', '/api/crm/v1/customers?last_name=eq.Schneider');
  assert.match(stored[0].email, /@/);
});

test('she saves a change and sees it in the history, with her name', async () => {
  await page.getByLabel('Email').fill('h.schneider@example.test');
  await page.getByLabel('Company').fill('Schneider & Töchter');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByText('Schneider & Töchter').last().waitFor();
  await page.getByText('paula').first().waitFor();
  await shot('history');
  const stored = await user.caller.must('GET', '/api/crm/v1/customers?last_name=eq.Schneider');
  assert.equal(stored[0].company, 'Schneider & Töchter');
  assert.equal(stored[0].updated_by, 'paula');
});

test('the page passes axe and breaks no rule of the content security policy', async () => {
  await page.goto(`${platform.url}/crm/customers`);
  await page.getByText('Almeida').first().waitFor();
  const found = await page.evaluate(`(() => { ${axe}; return axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }); })()`);
  assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
  assert.deepEqual(violations.filter((text) => !/status of 4(01|12|22)/.test(text)), []);
});

test('she approves what a process asks her, and sees it go on', async () => {
  const { instance_id: id } = await user.caller.must('POST', '/api/crm/v1/processes/onboard_customer', { customer_id: 2 });
  await page.goto(`${platform.url}/approvals`);
  await page.getByText(/Extend credit/).first().waitFor();
  await shot('approvals');
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByText(/Extend credit/).first().waitFor({ state: 'detached' });
  await page.goto(`${platform.url}/processes/${id}`);
  await page.getByText(/completed|succeeded/i).first().waitFor({ timeout: 30_000 });
  await shot('process');
});
