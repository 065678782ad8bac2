// Starts the product as a user does, and speaks to it as a program does.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const ADMIN_PASSWORD = 'correct horse battery staple';
/** Servers of one database share it, wherever their folders are. */
const SECRET = 'a secret that all servers of the tests share';

/** A folder that is removed when the tests of a file are over. */
export function temporaryFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'appos-e2e-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function freePort() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Waits until `probe` answers something true, and gives that back. */
export async function eventually(probe, what, limitMs = 30_000) {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Runs a command to its end. */
export function run(args, options = {}) {
  return new Promise((done) => {
    const child = spawn(path.join(ROOT, 'appos'), args, { cwd: ROOT, ...options });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    child.on('close', (code) => done({ code, out, err }));
  });
}

/** A running `./appos demo` (or another command that serves). */
export class Platform {
  static async start({ dir, command = ['demo'], env = {}, port, scheme = 'http' } = {}) {
    const platform = new Platform();
    platform.dir = dir ?? temporaryFolder();
    platform.port = port ?? (await freePort());
    platform.url = `${scheme}://127.0.0.1:${platform.port}`;
    platform.output = '';
    platform.process = spawn(
      path.join(ROOT, 'appos'),
      [...command, '--port', String(platform.port), '--dir', platform.dir],
      { cwd: ROOT, env: { ...process.env, APPOS_ADMIN_PASSWORD: ADMIN_PASSWORD, APPOS_SECRET: SECRET, ...env } },
    );
    for (const stream of [platform.process.stdout, platform.process.stderr]) {
      stream.on('data', (data) => (platform.output += data));
    }
    platform.ended = new Promise((done) => platform.process.on('close', done));
    platform.process.on('close', () => (platform.over = true));
    await eventually(
      async () => {
        if (platform.over) throw new Error(`it ended:\n${platform.output}`);
        return fetch(`${platform.url}/ready`).then((r) => r.ok, () => false);
      },
      `the server to be ready\n${platform.output}`,
      180_000,
    );
    return platform;
  }

  /** As Ctrl-C does. */
  async stop() {
    if (!this.over) this.process.kill('SIGINT');
    await this.ended;
  }

  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  /** Logs a person in and gives back somebody who can make calls. */
  async login(username, password) {
    const answer = await fetch(`${this.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${answer.status} ${body.detail}`);
    const cookie = answer.headers.get('set-cookie').split(';')[0];
    return new Caller(this, { Cookie: cookie, 'X-CSRF-Token': body.csrf_token });
  }

  admin() {
    return this.login('admin', ADMIN_PASSWORD);
  }

  withKey(key) {
    return new Caller(this, { 'X-API-Key': key });
  }

  stranger() {
    return new Caller(this, {});
  }

  /** Makes a user of these groups, and an API key for it. */
  async user(admin, username, groups, password = 'a long enough secret 7') {
    await admin.must('POST', '/api/admin/users', {
      username, email: `${username}@example.test`, password, user_type: 'basic', groups,
    });
    const { api_key } = await admin.must('POST', `/api/admin/users/${username}/api-keys`, { name: 'test' });
    return { username, password, key: api_key, caller: this.withKey(api_key) };
  }
}

export class Caller {
  constructor(platform, headers) {
    this.platform = platform;
    this.headers = headers;
  }

  /** Makes a call and gives back its status, headers and body. */
  async call(method, address, body, headers = {}) {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(this.platform.url + address, {
      method,
      headers: { ...(text === undefined ? {} : { 'Content-Type': 'application/json' }), ...this.headers, ...headers },
      body: text,
    });
    const written = await answer.text();
    let json;
    try {
      json = JSON.parse(written);
    } catch {
      json = undefined;
    }
    return { status: answer.status, headers: answer.headers, text: written, body: json };
  }

  /** Makes a call that has to succeed, and gives back its body. */
  async must(method, address, body, headers) {
    const answer = await this.call(method, address, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${address}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
}
