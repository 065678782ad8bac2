// Pictures of every screen of the built console in both themes, with an axe run on each, against the fake server.
// Whatever is wrong (an error, a violation of the content security policy, an axe finding) is listed at the end.
// Usage: npm run shots [names…]; the pictures are in shots/, or where OUT says.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { desk, phone, startFakeServer, withBrowser } from './support/browser.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.env.OUT ?? path.join(here, '..', 'shots');
const only = process.argv.slice(2);
const axe = fs.readFileSync(path.join(here, '..', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const levels = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

const openCustomer = async (page) => {
  await page
    .getByRole('row', { name: /Leonie/ })
    .first()
    .click();
  await page.getByRole('complementary', { name: /Leonie/ }).waitFor();
};
const edit = async (page) => {
  await openCustomer(page);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
};

const shots = {
  login: ['/login', async (page) => page.getByLabel('Username').waitFor(), { anonymous: true }],
  'login-refused': [
    '/login',
    async (page) => {
      await page.getByLabel('Username').fill('admin');
      await page.getByLabel('Password').fill('wrong');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('alert').waitFor();
    },
    { anonymous: true },
  ],
  home: ['/', async (page) => page.getByText('Onboard Leonie').waitFor()],
  customers: [
    '/crm/customers',
    async (page) =>
      page
        .getByRole('row', { name: /Leonie/ })
        .first()
        .waitFor(),
  ],
  search: ['/crm/customers?q=zzz', async (page) => page.getByText('No customers match').waitFor()],
  record: ['/crm/customers', openCustomer],
  history: [
    '/crm/customers',
    async (page) => {
      await openCustomer(page);
      await page.getByRole('tab', { name: 'History' }).click();
      await page.getByText('Stuttgart').first().waitFor();
    },
  ],
  edit: [
    '/crm/customers',
    async (page) => {
      await edit(page);
      await page.getByLabel('Email', { exact: true }).fill('nobody');
      await page.getByRole('button', { name: 'Save' }).click();
    },
  ],
  unsaved: [
    '/crm/customers',
    async (page) => {
      await edit(page);
      await page.getByLabel('City').fill('Ulm');
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  reference: [
    '/crm/customers',
    async (page) => {
      await edit(page);
      await page.getByRole('combobox', { name: 'Support rep' }).fill('pea');
      await page.getByRole('option', { name: /Peacock/ }).waitFor();
    },
  ],
  delete: [
    '/crm/customers',
    async (page) => {
      await openCustomer(page);
      await page.getByRole('button', { name: 'Delete customer' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  new: ['/crm/customers?open=new', async (page) => page.getByRole('button', { name: 'Create customer' }).click()],
  tree: ['/billing/invoices', async (page) => page.getByText('Hologram').waitFor()],
  approvals: ['/approvals', async (page) => page.getByText('Refund').first().waitFor()],
  processes: ['/processes', async (page) => page.getByText('Astrid').waitFor()],
  process: [
    '/processes/prc_9',
    async (page) => {
      await page
        .getByRole('button', { name: /Check credit/ })
        .first()
        .click();
    },
  ],
  agents: ['/agents', async (page) => page.getByText('refund-triage').waitFor()],
  objects: ['/objects', async (page) => page.getByText('crm.records.customer').waitFor()],
  object: ['/objects/crm.records.customer', async (page) => page.getByText('Low risk').waitFor()],
  audit: ['/audit', async (page) => page.getByText('Denied').last().waitFor()],
  palette: [
    '/',
    async (page) => {
      await page.getByText('Onboard Leonie').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  ],
  conflict: [
    '/crm/customers?open=12',
    async (page) => {
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await page.getByLabel('City').fill('Graz');
      await page.evaluate(async () => {
        const record = await (await fetch('/api/crm/v1/customers/12')).json();
        const headers = { 'If-Match': `"${record.version}"`, 'X-CSRF-Token': 'fake-csrf' };
        const body = JSON.stringify({ city: 'Linz', phone: '+43 70 1' });
        await fetch('/api/crm/v1/customers/12', { method: 'PATCH', headers, body });
      });
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('while you were editing').waitFor();
    },
  ],
  missing: ['/nowhere/at-all', async (page) => page.getByText('no such page').waitFor()],
  'phone-home': ['/', async (page) => page.getByText('Onboard Leonie').waitFor(), { size: phone }],
  'phone-menu': [
    '/',
    async (page) => {
      await page.getByRole('button', { name: 'Open menu' }).click();
      await page.getByRole('dialog', { name: 'Menu' }).waitFor();
    },
    { size: phone },
  ],
  'phone-customers': [
    '/crm/customers',
    async (page) =>
      page
        .getByRole('row', { name: /Leonie/ })
        .first()
        .waitFor(),
    { size: phone },
  ],
  'phone-record': ['/crm/customers', openCustomer, { size: phone }],
};

/** An open combobox hides the page around it from assistive technology while its input keeps the focus: by design. */
const excused = { reference: ['aria-hidden-focus'] };

async function checked(page, name) {
  // Through the debugger, past the page's own content security policy.
  await page.evaluate(axe);
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), levels);
  return violations
    .filter((violation) => !excused[name]?.includes(violation.id))
    .map(({ id, nodes }) => `axe ${id}: ${nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`)[0]}`);
}

async function shoot(page, { logIn }, name, theme) {
  const [where, act, options = {}] = shots[name];
  await page.setViewportSize(options.size ?? desk);
  if (!options.anonymous) await logIn();
  await page.addInitScript((value) => localStorage.setItem('theme', value), theme);
  await page.goto(where);
  await act(page);
  await page.waitForTimeout(250);
  await page.screenshot({ path: path.join(out, `${name}-${theme}.png`) });
  return checked(page, name);
}

fs.mkdirSync(out, { recursive: true });
const server = await startFakeServer();
const all = [];
try {
  await withBrowser(server, async (browser) => {
    for (const theme of ['light', 'dark']) {
      for (const name of Object.keys(shots)) {
        if (only.length > 0 && !only.includes(name) && !only.includes(`${name}-${theme}`)) continue;
        const found = [];
        const faults = await browser.fresh(async (page, tools) => {
          found.push(...(await shoot(page, tools, name, theme)));
        });
        all.push(...[...faults, ...found].map((fault) => `${name}-${theme}: ${fault}`));
      }
    }
  });
} finally {
  server.stop();
}
console.log(all.length ? all.join('\n') : 'no faults');
process.exit(all.length ? 1 : 0);
