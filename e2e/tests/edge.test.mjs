// What is around the server: proxies, other sites, https, and those who ask too much.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Platform, ROOT, freePort, run, temporaryFolder } from '../harness.mjs';

let platform;
let admin;

before(async () => {
  platform = await Platform.start({
    env: {
      APPOS_SERVER_CORS_ORIGINS: 'https://shop.example, http://127.0.0.1:5173',
      APPOS_SERVER_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.7',
      APPOS_SERVER_REQUESTS_PER_MINUTE: '200',
      APPOS_SERVER_STRANGER_REQUESTS_PER_MINUTE: '100',
    },
  });
  admin = await platform.admin();
});
after(() => platform?.stop());

const from = (address, headers = {}) => fetch(`${platform.url}/health`, {
  headers: { 'X-Forwarded-For': address, ...headers },
});

test('scripts of named sites may read answers, and those of no other', async () => {
  const { api_key: key } = await admin.must('POST', '/api/admin/users/admin/api-keys', { name: 'shop' });
  const ask = (origin) => fetch(`${platform.url}/api/crm/v1/customers?limit=1`, {
    headers: { Origin: origin, 'X-API-Key': key },
  });
  const shop = await ask('https://shop.example');
  assert.equal(shop.headers.get('access-control-allow-origin'), 'https://shop.example');
  assert.match(shop.headers.get('access-control-expose-headers'), /Content-Range/);
  assert.equal(shop.headers.get('access-control-allow-credentials'), null, 'a session is never theirs to use');
  assert.match(shop.headers.get('vary'), /Origin/);
  for (const origin of ['https://shop.example.evil.test', 'null', 'http://shop.example', '*']) {
    assert.equal((await ask(origin)).headers.get('access-control-allow-origin'), null, origin);
  }
  const preflight = await fetch(`${platform.url}/api/crm/v1/customers`, {
    method: 'OPTIONS',
    headers: { Origin: 'http://127.0.0.1:5173', 'Access-Control-Request-Method': 'PATCH' },
  });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get('access-control-allow-methods'), /PATCH/);
  assert.match(preflight.headers.get('access-control-allow-headers'), /X-API-Key/);
});

test('each key has a rate of its own, and says how much of it is left', async () => {
  const make = async (name) =>
    platform.withKey((await admin.must('POST', '/api/admin/users/admin/api-keys', { name })).api_key);
  const busy = await make('busy');
  const calm = await make('calm');
  let last;
  for (let i = 0; i < 500; i++) {
    last = await busy.call('GET', '/api/auth/me');
    if (last.status === 429) break;
    assert.equal(last.headers.get('x-ratelimit-limit'), '200');
  }
  assert.equal(last.status, 429, last.text);
  assert.equal(last.headers.get('x-ratelimit-remaining'), '0');
  const wait = Number(last.headers.get('retry-after'));
  assert.ok(wait >= 1 && wait <= 60, String(wait));
  assert.match(last.body.detail, /More than 200 requests/);
  assert.equal((await calm.call('GET', '/api/auth/me')).status, 200);
});

test('strangers are counted by address, as a proxy that is known says it and nobody else', async () => {
  // More than two minutes' worth, so that it is too many for one of them wherever the minute begins.
  let limited = 0;
  for (let i = 0; i < 250; i++) limited += (await from('203.0.113.5')).status === 429;
  assert.ok(limited >= 50 && limited <= 150, String(limited));
  assert.equal((await from('203.0.113.6')).status, 200);
  assert.equal((await from('198.51.100.1, 203.0.113.7, 10.0.0.7')).status, 200);
  const forged = await Promise.all(Array.from({ length: 250 }, (_, i) => from(`198.51.100.${i}, 203.0.113.8`)));
  assert.ok(forged.some((answer) => answer.status === 429), 'what a stranger writes in front changes nothing');
});

test('with a certificate it speaks https, tells browsers to stay there, and refuses a wrong password', async () => {
  const home = temporaryFolder();
  fs.cpSync(path.join(ROOT, 'examples', 'apps'), path.join(home, 'apps'), { recursive: true });
  execFileSync('keytool', ['-genkeypair', '-keystore', 'server.p12', '-storepass', 'secret-of-the-file', '-storetype',
    'PKCS12', '-alias', 'server', '-keyalg', 'EC', '-dname', 'CN=localhost', '-validity', '2'], { cwd: home });
  fs.writeFileSync(path.join(home, 'appos.yaml'), 'server: {tls: {keystore: server.p12, password: "wrong"}}\n');
  const refused = await run(['run', '--home', home, '--port', '0', '--dir', home]);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /certificate server\.p12 cannot be used/);
  assert.doesNotMatch(refused.err, /wrong|at dev\.appos/);

  fs.writeFileSync(path.join(home, 'appos.yaml'),
    'server: {tls: {keystore: server.p12, password: "${KEYSTORE_PASSWORD}"}}\n');
  const port = await freePort();
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const secure = await Platform.start({
    command: ['run', '--home', home], dir: home, port, scheme: 'https', env: { KEYSTORE_PASSWORD: 'secret-of-the-file' },
  });
  try {
    const answer = await new Promise((done, failed) => https
      .get({ host: '127.0.0.1', port, path: '/health', rejectUnauthorized: false }, done).on('error', failed));
    assert.equal(answer.statusCode, 200);
    assert.match(answer.headers['strict-transport-security'], /max-age=\d{7,}/);
    assert.match(secure.output, new RegExp(`https://127.0.0.1:${port}/`));
    await assert.rejects(fetch(`http://127.0.0.1:${port}/health`));
  } finally {
    await secure.stop();
  }
});
