// A person with a file of rows: brings it in while the platform runs, sees the server killed, and takes rows out again.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Platform, eventually, run, temporaryFolder } from '../harness.mjs';

const ROWS = 30_000;
const GENRES = '/api/billing/v1/genres';

function file(folder, rows) {
  const name = path.join(folder, 'genres.csv');
  fs.writeFileSync(name, `name\n${Array.from({ length: rows }, (_, i) => `genre ${i}`).join('\n')}\n`);
  return name;
}

async function send(platform, key, body, query = '') {
  const answer = await fetch(`${platform.url}${GENRES}/import${query}`, {
    method: 'POST', headers: { 'X-API-Key': key, 'Content-Type': 'text/csv' }, body,
  });
  const job = await answer.json();
  assert.equal(answer.status, 202, JSON.stringify(job));
  return job;
}

const job = (caller, id) => caller.must('GET', `/api/v1/jobs/${id}`);

const ended = (caller, id) =>
  eventually(async () => {
    const now = await job(caller, id);
    return now.finished_at && now;
  }, 'the import to end', 240_000);

async function count(platform, key) {
  const answer = await fetch(`${platform.url}${GENRES}?select=id&limit=1&name=like.genre*`, {
    headers: { 'X-API-Key': key, Prefer: 'count=exact' },
  });
  return Number(answer.headers.get('content-range').split('/')[1]);
}

test('an import that is killed goes on where it was, and each row is in once', async () => {
  const dir = temporaryFolder();
  let platform = await Platform.start({ dir });
  let admin = await platform.admin();
  const { key } = await platform.user(admin, 'ida', ['billing_admins', 'billing_users']);
  const text = fs.readFileSync(file(dir, ROWS));

  const { id } = await send(platform, key, text);
  const before = await eventually(async () => {
    const now = await job(platform.withKey(key), id);
    return now.done > 2_000 && now;
  }, 'some rows to be in', 120_000);
  await platform.kill();
  assert.ok(before.done < ROWS, 'killed in the middle');

  platform = await Platform.start({ dir });
  const done = await ended(platform.withKey(key), id);
  assert.equal(done.status, 'completed', JSON.stringify(done));
  assert.equal(done.created, ROWS);
  assert.equal(await count(platform, key), ROWS);

  await commands(platform, key, dir);
  await platform.stop();
});

/** The same from the command line. */
async function commands(platform, key, dir) {
  const env = { ...process.env, APPOS_API_KEY: key, APPOS_SERVER: platform.url };
  const out = path.join(dir, 'out.csv');
  const exported = await run(
    ['export', 'billing.genre', '--where', 'name=like.genre*', '--select', 'name', '-o', out], { env });
  assert.equal(exported.code, 0, exported.err);
  assert.equal(fs.readFileSync(out, 'utf8').trimEnd().split(/\r?\n/).length, ROWS + 1);

  const mended = path.join(dir, 'some.csv');
  fs.writeFileSync(mended, 'Title,Remark\none more,x\n,y\n');
  const wrong = path.join(dir, 'wrong.csv');
  const imported = await run(
    ['import', 'billing.genre', mended, '--map', 'Title=name', '--map', 'Remark=', '--errors', wrong], { env });
  assert.equal(imported.code, 1, imported.err);
  assert.match(imported.out, /1 new, 0 changed, 0 left alone, 1 wrong, of 2 rows/);
  assert.match(imported.out, /line 3 /);
  assert.match(fs.readFileSync(wrong, 'utf8'), /^Title,Remark,_line,_error\r?\n,y,3,/);
}
