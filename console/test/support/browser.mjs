// The fake server and a headless Chromium, for the scripts that drive the built console.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const TIMEOUT_MS = 5_000;

export const desk = { width: 1360, height: 850 };
export const phone = { width: 390, height: 844 };

/** Starts the fake server on a port of its own: `{address, stop}`. */
export async function startFakeServer(port = Number(process.env.PORT ?? 4180)) {
  const script = path.join(here, '..', 'fake-server.mjs');
  const child = spawn('node', [script, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('the fake server did not start')));
  });
  return { address: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

/** Runs with a browser of its own profile. `fresh` gives each use an empty session and collects what went wrong. */
export async function withBrowser({ address }, use) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'console-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: flags,
    viewport: desk,
    reducedMotion: 'reduce',
    baseURL: address,
  });
  try {
    await use({ context, fresh: (act) => fresh(context, address, act) });
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

async function fresh(context, address, act) {
  const faults = [];
  await context.clearCookies();
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const expected = /status of (401|412|422)/.test(message.text());
    if (message.type() === 'error' && !expected) faults.push(message.text().slice(0, 300));
  });
  const logIn = (user = 'admin') => context.addCookies([{ name: 'fake_session', value: user, url: address }]);
  const call = async (method, where, data, headers = {}) => {
    const all = { 'X-CSRF-Token': 'fake-csrf', ...headers };
    return (await context.request.fetch(address + where, { method, data, headers: all })).json();
  };
  try {
    await act(page, { context, logIn, call });
  } catch (error) {
    faults.push(error.message.slice(0, 600));
  }
  await page.close();
  return faults;
}
