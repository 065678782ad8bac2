// Drives the built console in headless Chromium against the fake server: pictures of every screen in both themes,
// an axe run on each, and any error or violation of the content security policy. Usage: node test/shots.mjs [names…]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.env.OUT ?? path.join(here, '..', 'shots');
const port = Number(process.env.PORT ?? 4180);
const only = process.argv.slice(2);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const address = `http://127.0.0.1:${port}`;
const phone = { width: 390, height: 844 };
const desk = { width: 1360, height: 850 };

const openCustomer = async (page) => {
  await page.getByRole('row', { name: /Leonie/ }).first().click();
  await page.getByRole('complementary', { name: /Leonie/ }).waitFor();
};
const edit = async (page) => {
  await openCustomer(page);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
};

const shots = {
  login: ['/login', async (page) => page.getByLabel('Username').waitFor(), { anonymous: true }],
  'login-refused': ['/login', async (page) => {
    await page.getByLabel('Username').fill('admin');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
  }, { anonymous: true }],
  home: ['/', async (page) => page.getByText('Onboard Leonie').waitFor()],
  customers: ['/crm/customers', async (page) => page.getByRole('row', { name: /Leonie/ }).first().waitFor()],
  search: ['/crm/customers?q=zzz', async (page) => page.getByText('No customers match').waitFor()],
  record: ['/crm/customers', openCustomer],
  history: ['/crm/customers', async (page) => {
    await openCustomer(page);
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Stuttgart').first().waitFor();
  }],
  edit: ['/crm/customers', async (page) => {
    await edit(page);
    await page.getByLabel('Email', { exact: true }).fill('nobody');
    await page.getByRole('button', { name: 'Save' }).click();
  }],
  unsaved: ['/crm/customers', async (page) => {
    await edit(page);
    await page.getByLabel('City').fill('Ulm');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor();
  }],
  reference: ['/crm/customers', async (page) => {
    await edit(page);
    await page.getByRole('combobox', { name: 'Support rep' }).fill('pea');
    await page.getByRole('option', { name: /Peacock/ }).waitFor();
  }],
  delete: ['/crm/customers', async (page) => {
    await openCustomer(page);
    await page.getByRole('button', { name: 'Delete customer' }).click();
    await page.getByRole('dialog').waitFor();
  }],
  new: ['/crm/customers?open=new', async (page) => page.getByRole('button', { name: 'Create customer' }).click()],
  tree: ['/billing/invoices', async (page) => page.getByText('Hologram').waitFor()],
  approvals: ['/approvals', async (page) => page.getByText('Refund').first().waitFor()],
  processes: ['/processes', async (page) => page.getByText('Astrid').waitFor()],
  process: ['/processes/prc_9', async (page) => {
    await page.getByRole('button', { name: /Check credit/ }).first().click();
  }],
  agents: ['/agents', async (page) => page.getByText('refund-triage').waitFor()],
  objects: ['/objects', async (page) => page.getByText('crm.records.customer').waitFor()],
  object: ['/objects/crm.records.customer', async (page) => page.getByText('Low risk').waitFor()],
  audit: ['/audit', async (page) => page.getByText('Denied').last().waitFor()],
  palette: ['/', async (page) => {
    await page.getByText('Onboard Leonie').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
  }],
  missing: ['/nowhere/at-all', async (page) => page.getByText('no such page').waitFor()],
  'phone-home': ['/', async (page) => page.getByText('Onboard Leonie').waitFor(), { size: phone }],
  'phone-menu': ['/', async (page) => {
    await page.getByRole('button', { name: 'Open menu' }).click();
    await page.getByRole('dialog', { name: 'Menu' }).waitFor();
  }, { size: phone }],
  'phone-customers': ['/crm/customers', async (page) => page.getByRole('row', { name: /Leonie/ }).first().waitFor(), { size: phone }],
  'phone-record': ['/crm/customers', openCustomer, { size: phone }],
};

fs.mkdirSync(out, { recursive: true });
const server = spawn('node', [path.join(here, 'fake-server.mjs'), String(port)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, FAKE_PROBLEMS: process.env.FAKE_PROBLEMS ?? '' } });
await new Promise((resolve) => server.stdout.once('data', resolve));
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'console-shots-'));
const context = await chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', headless: true, args: flags, viewport: desk, reducedMotion: 'reduce' });
const axe = fs.readFileSync(path.join(here, '..', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const page = context.pages()[0];
const faults = [];
let current = '';
page.on('pageerror', (error) => faults.push(`${current}: ${error.message}`));
page.on('console', (message) => {
  const expected = /status of (401|422)/.test(message.text());
  if (message.type() === 'error' && !expected) faults.push(`${current}: ${message.text().slice(0, 300)}`);
});
page.setDefaultTimeout(5000);

async function shoot(name, theme) {
  const [where, act, options = {}] = shots[name];
  current = `${name}-${theme}`;
  await page.setViewportSize(options.size ?? desk);
  await context.clearCookies();
  if (!options.anonymous) await context.addCookies([{ name: 'fake_session', value: 'admin', url: address }]);
  await page.goto(`${address}/favicon-free`);
  await page.evaluate((value) => localStorage.setItem('theme', value), theme);
  await page.goto(address + where);
  try {
    await act(page);
  } catch (error) {
    faults.push(`${current}: ${error.message.slice(0, 400)}`);
  }
  await page.waitForTimeout(250);
  await page.screenshot({ path: path.join(out, `${current}.png`) });
  // Through the debugger, past the page's own content security policy.
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
  for (const violation of result.violations) {
    faults.push(`${current}: axe ${violation.id} ${violation.nodes.slice(0, 2).map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ').slice(0, 400)}`);
  }
}

try {
  for (const theme of ['light', 'dark']) {
    for (const name of Object.keys(shots)) {
      if (only.length === 0 || only.includes(name) || only.includes(`${name}-${theme}`)) await shoot(name, theme);
    }
  }
} finally {
  await context.close();
  server.kill();
  fs.rmSync(profile, { recursive: true, force: true });
}
console.log(faults.length ? [...new Set(faults)].join('\n') : 'no faults');
process.exit(faults.length ? 1 : 0);
