// Whoever logs in: with a password and a code, by another provider, at several places at once.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { generateKeyPair } from 'jose';
import { browser } from '../browser.mjs';
import { Platform, freePort, temporaryFolder, ROOT } from '../harness.mjs';
import { Jar, startProvider } from '../oidc.mjs';

const pictures = path.join(ROOT, 'e2e', 'target');
const people = {
  ana: { email: 'ana@example.test', email_verified: true, name: 'Ana' },
  una: { email: 'una@example.test', email_verified: false, name: 'Una' },
  new: { email: 'new@example.test', email_verified: true, name: 'New One' },
  gone: { email: 'gone@example.test', email_verified: true, name: 'Gone' },
  robot: { email: 'robot@example.test', email_verified: true, name: 'Robot' },
};

let platform;
let provider;
let admin;
let ana;
let una;

before(async () => {
  const [port, providerPort] = [await freePort(), await freePort()];
  const home = temporaryFolder();
  const site = `http://127.0.0.1:${port}`;
  provider = await startProvider({ callback: `${site}/api/auth/oidc/corp/callback`, people, port: providerPort });
  fs.mkdirSync(path.join(home, 'apps'));
  fs.writeFileSync(path.join(home, 'appos.yaml'), `server: {public_url: "${site}"}\n`);
  fs.writeFileSync(path.join(home, 'identity.yaml'), `
oidc:
  corp: {label: Corporate, issuer: "${provider.issuer}", client_id: appos, client_secret_env: APPOS_OIDC_SECRET}
`);
  platform = await Platform.start({
    command: ['run', '--home', home], port, env: { APPOS_OIDC_SECRET: 'the secret of the client' },
  });
  admin = await platform.admin();
  ana = await platform.user(admin, 'ana', []);
  una = await platform.user(admin, 'una', []);
  await platform.user(admin, 'gone', []);
  await admin.must('POST', '/api/admin/users/gone/deactivate');
  await admin.must('POST', '/api/admin/users', {
    username: 'robot', email: 'robot@example.test', user_type: 'service_account',
  });
  fs.mkdirSync(pictures, { recursive: true });
});
after(async () => {
  await platform?.stop();
  await provider?.stop();
});

const start = (back = '/x') => `${platform.url}/api/auth/oidc/corp?return=${encodeURIComponent(back)}`;
const atHome = (address) => new URL(address).port === String(platform.port);

/** A whole login at the provider; gives back where it ended, and who is in. */
async function vouched(subject, { jar = new Jar(), back = '/x', tamper } = {}) {
  provider.subject = subject;
  provider.tamper = tamper;
  const { address } = await jar.follow(start(back), (to) => atHome(to) && !to.includes('/callback'));
  const me = await jar.get(`${platform.url}/api/auth/me`);
  return { path: address.slice(platform.url.length), user: me.ok ? (await me.json()).user.username : null };
}

const problem = (name) => (result) => {
  assert.equal(result.user, null);
  assert.match(result.path, new RegExp(`^/login\\?problem=${name}`));
};

function code(secret, at = Date.now()) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'));
  const key = Buffer.from(bits.join('').match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = crypto.createHmac('sha1', key).update(step).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('somebody whose verified address is an account of ours comes in and back to where he was', async () => {
  assert.deepEqual(await vouched('ana'), { path: '/x', user: 'ana' });
  // The second time by the link, whatever the provider calls the address now.
  people.ana.email = 'other@example.test';
  assert.deepEqual(await vouched('ana'), { path: '/x', user: 'ana' });
  people.ana.email = 'ana@example.test';
});

test('an address nobody verified, a shut account, a service account and a stranger stay out', async () => {
  for (const subject of ['una', 'gone', 'robot', 'new']) problem('no_account')(await vouched(subject));
  const { items } = await admin.must('GET', '/api/admin/logins?success=false');
  const reasons = new Set(items.map((attempt) => attempt.reason));
  for (const reason of ['oidc_email_unverified', 'account_disabled', 'service_account_ui_login', 'oidc_unknown']) {
    assert.ok(reasons.has(reason), reason);
  }
});

test('an account that is shut after it was linked stays out too', async () => {
  await admin.must('POST', '/api/admin/users/ana/deactivate');
  problem('no_account')(await vouched('ana'));
  await admin.must('POST', '/api/admin/users/ana/reactivate');
  assert.equal((await vouched('ana')).user, 'ana');
});

test('a login with another state, nonce, audience, issuer, time or signature is refused', async () => {
  const stranger = (await generateKeyPair('RS256')).privateKey;
  const bent = {
    nonce: (claims) => void (claims.nonce = 'another'),
    audience: (claims) => void (claims.aud = 'somebody-else'),
    issuer: (claims) => void (claims.iss = 'http://127.0.0.1:1'),
    time: (claims) => void (claims.exp = Math.floor(Date.now() / 1000) - 600),
    subject: (claims) => void (claims.sub = 'una'),
    signature: () => stranger,
  };
  for (const tamper of Object.values(bent)) problem('not_vouched')(await vouched('ana', { tamper }));
  // The control: signed anew by the same key, and nothing changed.
  assert.equal((await vouched('ana', { tamper: () => undefined })).user, 'ana');
});

test('a callback that was not begun in this browser lets nobody in', async () => {
  provider.subject = 'ana';
  provider.tamper = undefined;
  const begun = new Jar();
  const { address } = await begun.follow(start(), (to) => to.includes('/callback'));
  const other = await new Jar().get(address);
  assert.match(other.headers.get('location'), /problem=not_begun_here/);
  const bent = await begun.get(address.replace(/state=[^&]+/, 'state=another'));
  assert.match(bent.headers.get('location'), /problem=not_begun_here/);
});

test('the way back never leads out of the site', async () => {
  for (const back of ['//evil.test', 'https://evil.test', '/\\evil.test', '\\/evil.test', '/\t/evil.test', 'evil']) {
    assert.equal((await vouched('ana', { back })).path, '/');
  }
});

test('addresses are made from the settings, whatever a request says its host is', async () => {
  const answer = await fetch(start(), {
    redirect: 'manual', headers: { 'X-Forwarded-Host': 'evil.test', Origin: 'https://evil.test' },
  });
  const to = new URL(answer.headers.get('location'));
  assert.equal(to.searchParams.get('redirect_uri'), `${platform.url}/api/auth/oidc/corp/callback`);
  assert.equal(to.searchParams.get('code_challenge_method'), 'S256');
});

test('a cookie planted before the login is worth nothing after it, and one copied is dead after the logout', async () => {
  const body = JSON.stringify({ username: 'ana', password: ana.password });
  const headers = { 'Content-Type': 'application/json', Cookie: 'appos_session=planted' };
  const answer = await fetch(`${platform.url}/api/auth/login`, { method: 'POST', headers, body });
  const set = answer.headers.get('set-cookie');
  assert.match(set, /^appos_session=[\w-]{40,};.*HttpOnly; SameSite=Lax/);
  const planted = await fetch(`${platform.url}/api/auth/me`, { headers: { Cookie: 'appos_session=planted' } });
  assert.equal(planted.status, 401);
  const copied = { Cookie: set.split(';')[0], 'X-CSRF-Token': (await answer.json()).csrf_token };
  assert.equal((await fetch(`${platform.url}/api/auth/logout`, { method: 'POST', headers: copied })).status, 204);
  assert.equal((await fetch(`${platform.url}/api/auth/me`, { headers: copied })).status, 401);
});

test('one lists and ends his own sessions, and an administrator all of somebody', async () => {
  const [one, two] = [await platform.login('ana', ana.password), await platform.login('ana', ana.password)];
  const { items } = await one.must('GET', '/api/auth/sessions');
  assert.equal(items.filter((session) => session.current).length, 1);
  const foreign = (await admin.must('GET', '/api/auth/sessions')).items[0].id;
  assert.equal((await one.call('DELETE', `/api/auth/sessions/${foreign}`)).status, 404);
  const mine = (await two.must('GET', '/api/auth/sessions')).items.find((session) => session.current).id;
  assert.equal((await admin.call('DELETE', `/api/auth/sessions/${mine}`)).status, 404);
  assert.equal((await one.call('DELETE', `/api/auth/sessions/${mine}`)).status, 204);
  assert.equal((await two.call('GET', '/api/auth/me')).status, 401);
  assert.equal((await one.call('DELETE', '/api/admin/users/ana/sessions')).status, 403);
  await admin.must('DELETE', '/api/admin/users/ana/sessions');
  assert.equal((await one.call('GET', '/api/auth/me')).status, 401);
});

test('a key is rotated: the former secret for as long as was said, then the new one only', async () => {
  const { items } = await admin.must('GET', '/api/admin/users/una/api-keys');
  const rotate = `/api/admin/users/una/api-keys/${items[0].id}/rotate`;
  const former_until = new Date(Date.now() + 60_000).toISOString();
  const next = (await una.caller.must('POST', rotate, { former_until })).api_key;
  assert.equal((await una.caller.call('GET', '/api/auth/me')).status, 200);
  const last = (await platform.withKey(next).must('POST', rotate)).api_key;
  assert.equal((await una.caller.call('GET', '/api/auth/me')).status, 401);
  assert.equal((await platform.withKey(next).call('GET', '/api/auth/me')).status, 401);
  assert.equal((await platform.withKey(last).call('GET', '/api/auth/me')).status, 200);
});

test('a group that is put to sleep counts no longer, and keeps its members', async () => {
  await admin.must('POST', '/api/admin/groups', { name: 'sleepers', apps: [], members: ['ana'] });
  assert.equal((await admin.must('POST', '/api/admin/groups/sleepers/deactivate')).is_active, false);
  const group = await admin.must('POST', '/api/admin/groups/sleepers/reactivate');
  assert.deepEqual([group.is_active, group.members], [true, ['ana']]);
});

test('a weak password is refused with a word that says why', async () => {
  for (const [password, word] of [['short', 'length'], ['Password123', 'common'], ['bob@example.test', 'name']]) {
    const answer = await admin.call('POST', '/api/admin/users', {
      username: 'bob', email: 'bob@example.test', password, user_type: 'basic', groups: [],
    });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.errors[0].code, word);
  }
});

test('in the browser: a code is switched on, asked for, and a recovery code lets in once', async () => {
  const chromium = await browser();
  const page = await chromium.newPage();
  page.setDefaultTimeout(15_000);
  const logIn = async () => {
    await page.goto(`${platform.url}/login`);
    await page.getByLabel('Username').fill('una');
    await page.getByLabel('Password', { exact: true }).fill('a long enough secret 7');
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
  };
  await logIn();
  await page.getByRole('button', { name: /^Account of/ }).click();
  const part = page.getByRole('region', { name: 'Second factor' });
  await part.getByLabel('Your password').fill('a long enough secret 7');
  await part.getByRole('button', { name: 'Switch on' }).click();
  const secret = await part.locator('code').innerText();
  await page.screenshot({ path: path.join(pictures, 'account.png') });
  await part.getByLabel('Code of the app').fill(code(secret));
  await part.getByRole('button', { name: 'Confirm' }).click();
  const recovery = (await part.locator('pre').innerText()).trim().split('\n');
  assert.equal(recovery.length, 10);
  await page.context().clearCookies();
  await logIn();
  await page.getByLabel('Code').fill(recovery[0]);
  await page.screenshot({ path: path.join(pictures, 'login-code.png') });
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
  const again = await fetch(`${platform.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'una', password: 'a long enough secret 7', code: recovery[0] }),
  });
  assert.equal(again.status, 401);
  await admin.must('DELETE', '/api/admin/users/una/second-factor');
  await page.context().clearCookies();
  await logIn();
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
  await chromium.close();
});

test('in the browser: a button for the provider leads in', async () => {
  provider.subject = 'ana';
  provider.tamper = undefined;
  const chromium = await browser();
  const page = await chromium.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${platform.url}/login`);
  await page.screenshot({ path: path.join(pictures, 'login-providers.png') });
  await page.getByRole('link', { name: 'Log in with Corporate' }).click();
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
  await chromium.close();
});
