// What the built console must do in a real browser, claim by claim, against the fake server. Usage: npm run test:browser
import assert from 'node:assert/strict';
import { startFakeServer, withBrowser } from './support/browser.mjs';

const claims = {
  'a refused login says why and stays': async (page) => {
    await page.goto('/');
    await page.getByLabel('Username').fill('admin');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').getByText('Username or password is wrong').waitFor();
  },

  'a login leads back to the address that was asked for': async (page) => {
    await page.goto('/crm/customers?q=leonie');
    await page.getByLabel('Username').fill('admin');
    await page.getByLabel('Password').fill('secret');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page
      .getByRole('row', { name: /Leonie/ })
      .first()
      .waitFor();
    assert.equal(new URL(page.url()).search, '?q=leonie');
    await titleIs(page, 'Customers · Customers & care · AppOS');
  },

  'a lost session leads to the login': async (page, { logIn, context }) => {
    await logIn();
    await page.goto('/processes');
    await page.getByText('Astrid').waitFor();
    await context.clearCookies();
    await page.getByRole('link', { name: 'Agents' }).click();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('return'), '/agents');
  },

  'the search goes to the server, survives syntax, and lives in the address': async (page, { logIn }) => {
    await logIn();
    await page.goto('/crm/customers');
    await page.getByText('59 customers').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('a,b.c"(x)');
    await page.getByText('No customers match').waitFor();
    await page.getByRole('searchbox', { name: 'Search customers' }).fill('leonie2@example.com');
    await page.getByText('1 customer', { exact: true }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('q'), 'leonie2@example.com');
  },

  'pages and order follow the address, and Back undoes a page': async (page, { logIn }) => {
    await logIn();
    await page.goto('/crm/customers');
    await page.getByText('1–25 of 59').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('26–50 of 59').waitFor();
    await page.goBack();
    await page.getByText('1–25 of 59').waitFor();
    await page.getByRole('button', { name: 'City' }).click();
    await page.getByRole('columnheader', { name: 'City' }).and(page.locator('[aria-sort=ascending]')).waitFor();
  },

  'J, K and Enter open a record without the mouse, Escape closes it': async (page, { logIn }) => {
    await logIn();
    await page.goto('/crm/customers?sort=id.asc');
    await page.getByRole('row', { name: /Luís/ }).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: /Leonie/ }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('open'), '2');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: /Leonie/ }).waitFor({ state: 'detached' });
  },

  'an edit is saved by the keyboard and stands in the list and the history': async (page, { logIn }) => {
    await logIn();
    await page.goto('/crm/customers?open=7');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Phone').fill('+31 20 999');
    await page.getByLabel('City').fill('Gent');
    await page.getByRole('combobox', { name: 'Support rep' }).fill('john');
    await page.getByRole('option', { name: 'Steve Johnson' }).click();
    await page.keyboard.press('Control+s');
    await page.getByText('Customer saved').waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Ada Admin').first().waitFor();
    const entry = page.getByRole('listitem').filter({ hasText: 'Changed' }).first();
    for (const part of ['admin', 'Gent', '+31 20 999', 'Steve Johnson']) await entry.getByText(part).first().waitFor();
    await page.getByRole('row', { name: /Gent/ }).or(page.getByText('59 customers')).first().waitFor();
  },

  'the server’s fault appears at its field': async (page, { logIn }) => {
    await logIn();
    await page.goto('/crm/customers?open=8');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Email').fill('leonie2@example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Another customer has this email').waitFor();
    assert.equal(await page.getByLabel('Email').getAttribute('aria-invalid'), 'true');
  },

  'someone else’s change is shown, and mine is kept on top of it': async (page, { logIn, call }) => {
    await logIn();
    await page.goto('/crm/customers?open=9');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('City').fill('Graz');
    await call('PATCH', '/api/crm/v1/customers/9', { phone: '+43 1' }, { 'If-Match': '"2"' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('changed this customer').waitFor();
    await page.getByRole('button', { name: 'Reload and keep my changes' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Customer saved').waitFor();
    const saved = await call('GET', '/api/crm/v1/customers/9');
    assert.deepEqual([saved.city, saved.phone, saved.version], ['Graz', '+43 1', 4]);
  },

  'a new record is created, opened, and deleted after its name is typed': async (page, { logIn }) => {
    await logIn();
    await page.goto('/crm/customers');
    await page.getByRole('button', { name: 'New customer' }).click();
    await page.getByLabel('First name').fill('Zoë');
    await page.getByLabel('Last name').fill('Last');
    await page.getByLabel('Email').fill('zoe@example.com');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Active' }).click();
    await page.getByRole('button', { name: 'Create customer' }).click();
    await page.getByRole('complementary', { name: 'Zoë Last' }).waitFor();
    await page.getByRole('button', { name: 'Delete customer' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete customer' });
    assert.equal(await confirm.isDisabled(), true);
    await page.getByRole('dialog').getByRole('textbox').fill('Zoë Last');
    await confirm.click();
    await page.getByText('Customer deleted').waitFor();
    await page.getByText('59 customers').waitFor();
  },

  'leaving with changes asks first, and lets go when told to': async (page, { logIn }) => {
    await logIn();
    await page.goto('/crm/customers?open=10');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('City').fill('Elsewhere');
    await page.getByRole('link', { name: 'Processes' }).click();
    await page.getByRole('dialog', { name: 'Discard your changes?' }).waitFor();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    assert.equal(await page.getByLabel('City').inputValue(), 'Elsewhere');
    await page.getByRole('link', { name: 'Processes' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('Astrid').waitFor();
  },

  'the palette goes to a page and switches the theme': async (page, { logIn }) => {
    await logIn();
    await page.goto('/');
    await page.getByText('Onboard Leonie').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search commands' }).fill('invoi');
    await page.keyboard.press('Enter');
    await page.getByText('Hologram').waitFor();
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    const before = await theme();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search commands' }).fill('theme');
    await page.keyboard.press('Enter');
    await page.waitForFunction((old) => document.documentElement.dataset.theme !== old, before);
  },

  'an approval is given with a note and leaves the inbox': async (page, { logIn }) => {
    await logIn();
    await page.goto('/approvals');
    const card = page.getByRole('region', { name: /Refund/ });
    await card.getByRole('cell', { name: '1240.00' }).waitFor();
    await card.getByLabel(/Note/).fill('Fine by me');
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.waitFor({ state: 'detached' });
  },

  'administration is not shown to whoever is no administrator': async (page, { logIn }) => {
    await logIn('ben');
    await page.goto('/');
    await page.getByText('Ben Basic').first().waitFor();
    assert.equal(await page.getByRole('link', { name: 'Audit trail' }).count(), 0);
  },

  'logging out forgets everything': async (page, { logIn }) => {
    await logIn();
    await page.goto('/');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
  },
};

async function titleIs(page, title) {
  await page.waitForFunction((expected) => document.title === expected, title);
}

const server = await startFakeServer();
let failed = 0;
let held = 0;
try {
  await withBrowser(server, async (browser) => {
    for (const [claim, prove] of Object.entries(claims)) {
      if (process.argv[2] && !claim.includes(process.argv[2])) continue;
      const faults = await browser.fresh(prove);
      console.log(`${faults.length ? 'FAIL' : 'ok  '} ${claim}`);
      faults.forEach((fault) => console.log(`     ${fault}`));
      if (faults.length) failed++;
      else held++;
    }
  });
} finally {
  server.stop();
}
console.log(`${held} of ${held + failed} claims hold`);
process.exit(failed ? 1 : 0);
