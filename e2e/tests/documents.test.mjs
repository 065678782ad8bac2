// Documents as people and programs meet them: uploads of every kind, hostile names, limits, and what a browser gets.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import * as tus from 'tus-js-client';
import { Platform, temporaryFolder } from '../harness.mjs';

const FOLDER = '/api/desk/v1/folders/papers/documents';
const PDFS = '/api/desk/v1/folders/pdfs/documents';
const home = temporaryFolder();
let platform;
let admin;
let clerk;
let guest;

function write(file, text) {
  fs.mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
  fs.writeFileSync(path.join(home, file), text);
}

before(async () => {
  write('apps/desk/app.yaml', 'title: Desk\ngroups: [clerks, guests]\n');
  write('apps/desk/folders/Papers.java', '@Folder(view = "guests", admin = "clerks") interface Papers {}\n');
  write('apps/desk/folders/Pdfs.java', '@Folder(documentTypes = "application/pdf", admin = "clerks") interface Pdfs {}\n');
  write('apps/desk/records/Client.java', `@Record(attachments = true, view = "guests", admin = "clerks")
record Client(@NotBlank @Size(max = 40) String name, String keeper) {
    @RowFilter static Cond own(ClientRecords.Fields c) { return c.keeper().eq(ctx.user().name()); }
}
`);
  platform = await Platform.start({ command: ['run', '--home', home], dir: home });
  admin = await platform.admin();
  clerk = await platform.user(admin, 'cleo', ['clerks']);
  guest = await platform.user(admin, 'gus', ['guests']);
});

after(() => platform?.stop());

/** Sends a form, and gives back status and answer. */
async function form(caller, address, bytes, name, fields = {}) {
  const data = new FormData();
  for (const [key, value] of Object.entries(fields)) data.append(key, value);
  data.append('file', new Blob([bytes]), name);
  const answer = await fetch(platform.url + address, { method: 'POST', headers: caller.headers, body: data });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

const get = (caller, address, headers = {}, method = 'GET') =>
  fetch(platform.url + address, { method, headers: { ...caller.headers, ...headers } });

const contents = () => {
  const all = [];
  const walk = (dir) => {
    for (const each of fs.existsSync(dir) ? fs.readdirSync(dir, { withFileTypes: true }) : []) {
      if (each.isDirectory()) walk(path.join(dir, each.name));
      else all.push(path.join(dir, each.name));
    }
  };
  walk(path.join(home, '.appos/documents'));
  walk(path.join(home, 'documents'));
  return all;
};

test('a document goes in and comes out, whole, in parts, and not at all when it is known', async () => {
  const bytes = randomBytes(300_000);
  const made = await form(clerk.caller, FOLDER, bytes, 'Grüße & more; 50%.bin', { note: 'first', tags: 'a,b' });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.sha256, createHash('sha256').update(bytes).digest('hex'));

  const address = `${FOLDER}/${made.body.id}/content`;
  const whole = await get(guest.caller, address);
  assert.deepEqual(Buffer.from(await whole.arrayBuffer()), bytes);
  assert.match(whole.headers.get('content-disposition'), /^attachment; filename="Gr__e & more_ 50_.bin"; filename\*=UTF-8''Gr%C3%BC%C3%9Fe%20%26%20more%3B%2050%25.bin$/);
  assert.equal(whole.headers.get('x-content-type-options'), 'nosniff');
  assert.match(whole.headers.get('content-security-policy'), /sandbox/);
  const part = await get(guest.caller, address, { Range: 'bytes=1000-1999' });
  assert.equal(part.status, 206);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(1000, 2000));
  const last = await get(guest.caller, address, { Range: 'bytes=-5' });
  assert.deepEqual(Buffer.from(await last.arrayBuffer()), bytes.subarray(-5));
  assert.equal((await get(guest.caller, address, { Range: 'bytes=300000-' })).status, 416);
  assert.equal((await get(guest.caller, address, { 'If-None-Match': whole.headers.get('etag') })).status, 304);
  const head = await get(guest.caller, address, {}, 'HEAD');
  assert.equal(head.headers.get('content-length'), '300000');
});

test('a page, a drawing and a file that is two things at once are never run by a browser', async () => {
  const kinds = {
    'page.html': '<html><script>document.title="ran"</script></html>',
    'drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    'both.gif': 'GIF89a/*\x01\x00*/=1;alert(1)//<script>alert(1)</script>',
  };
  for (const [name, text] of Object.entries(kinds)) {
    const made = await form(clerk.caller, FOLDER, text, name);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const answer = await get(clerk.caller, `${FOLDER}/${made.body.id}/content`);
    assert.match(answer.headers.get('content-disposition'), /^attachment/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-security-policy'), /default-src 'none'; sandbox/);
    await answer.arrayBuffer();
  }
  for (const [name, text] of [...Object.entries(kinds), ['offer.pdf', kinds['page.html']], ['offer.pdf', kinds['both.gif']]]) {
    assert.equal((await form(clerk.caller, PDFS, text, name)).status, 422, name);
  }
});

test('no name reaches the disk, and names that deceive are refused', async () => {
  const names = ['../../../canary.txt', '..\\..\\canary.txt', '/etc/canary.txt', '..', '.', 'a\u0000.txt',
    'gnp.\u202Etxt', 'C:\\canary.txt', '%2e%2e%2fcanary.txt', 'x'.repeat(300), 'canary.txt\n', '....//canary.txt', 'con', '~', '$(id)'];
  for (const name of names) {
    const made = await clerk.caller.call('POST', `${FOLDER}?name=${encodeURIComponent(name)}`, 'canary', { 'Content-Type': 'text/plain' });
    assert.ok([201, 422].includes(made.status), `${name}: ${made.status}`);
  }
  const found = contents();
  assert.ok(found.length > 0);
  for (const file of found) assert.match(path.basename(file), /^([0-9a-f]{64}|[0-9a-f-]{36}\.(part|json))$/, file);
  for (const id of ['..%2f..%2fappos.yaml', '%00', 'x', '1']) {
    // What is no address at all, the server hangs up on.
    const answer = await get(clerk.caller, `${FOLDER}/${id}/content`).catch(() => ({ status: 400 }));
    assert.ok([400, 404].includes(answer.status), id);
  }
});

test('what is too large is refused and leaves nothing', async () => {
  const before = contents().length;
  const made = await form(clerk.caller, FOLDER, Buffer.alloc(60 * 1024 * 1024), 'large.bin');
  assert.equal(made.status, 413, JSON.stringify(made.body));
  assert.equal((await form(guest.caller, FOLDER, 'x', 'a.txt')).status, 403);
  for (const [type, body] of [
    ['multipart/form-data', 'x'], ['multipart/form-data; boundary=a', '--a\r\nno end'], ['multipart/form-data; boundary=a', ''],
    ['multipart/form-data; boundary=a', '--a\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n--a--\r\n'],
  ]) {
    const bad = await clerk.caller.call('POST', FOLDER, body, { 'Content-Type': type });
    assert.equal(bad.status, 400, `${type} ${body}: ${bad.status} ${bad.text}`);
  }
  assert.equal(contents().length, before);
});

test('the same content at the same time from many is kept once, and one key makes one document', async () => {
  const bytes = randomBytes(200_000);
  const before = contents().length;
  const all = await Promise.all(Array.from({ length: 12 }, (_, i) => form(clerk.caller, FOLDER, bytes, `same${i}.bin`)));
  assert.deepEqual(all.map((each) => each.status), Array(12).fill(201));
  assert.equal(contents().length, before + 1);

  const key = { 'Idempotency-Key': 'once', 'Content-Type': 'text/plain' };
  const [one, two] = await Promise.all([1, 2].map(() => clerk.caller.call('POST', `${FOLDER}?name=once.txt`, 'once', key)));
  assert.equal(one.status, 201);
  assert.equal(one.body.id, two.body.id);
  const other = await clerk.caller.call('POST', `${FOLDER}?name=once.txt`, 'other', key);
  assert.equal(other.status, 422);
});

test('what is attached to a record is there for those who see the record', async () => {
  const client = (await admin.must('POST', '/api/desk/v1/clients', { name: 'A', keeper: 'gus' }, { Prefer: 'return=representation' }))[0];
  const address = `/api/desk/v1/clients/${client.id}/attachments`;
  const made = await form(admin, address, 'for gus', 'a.txt');
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(await (await get(guest.caller, `${address}/${made.body.id}/content`)).text(), 'for gus');
  const strip = (text) => text.replace(/"(execution_id|timestamp)":"[^"]*"/g, '').replace(/client \d+/g, 'client N');
  for (const below of ['', `/${made.body.id}`, `/${made.body.id}/content`, `/${made.body.id}/versions`]) {
    const hidden = await clerk.caller.call('GET', address + below);
    const missing = await clerk.caller.call('GET', `/api/desk/v1/clients/999999/attachments${below}`);
    assert.equal(hidden.status, 404);
    assert.equal(strip(hidden.text), strip(missing.text), below);
  }
});

test('an upload that breaks off goes on where it was, and its last byte makes the document', async () => {
  const bytes = randomBytes(3_000_000);
  const options = {
    endpoint: `${platform.url}${FOLDER}/uploads`, headers: clerk.caller.headers, chunkSize: 400_000, retryDelays: null,
    metadata: { filename: 'resumed.bin', note: 'by tus', tags: 'x' },
  };
  const url = await new Promise((done, failed) => {
    const first = new tus.Upload(bytes, { ...options, onError: failed,
      onChunkComplete: () => { if (first.url) { const { url: at } = first; first.abort().then(() => done(at)); } } });
    first.start();
  });
  const foreign = await fetch(url, { method: 'HEAD', headers: { ...admin.headers, 'Tus-Resumable': '1.0.0' } });
  assert.equal(foreign.status, 404, 'an upload is its owner\'s');
  const at = Number((await fetch(url, { method: 'HEAD', headers: { ...clerk.caller.headers, 'Tus-Resumable': '1.0.0' } })).headers.get('upload-offset'));
  assert.ok(at > 0 && at < bytes.length, `it broke off at ${at}`);
  const document = await new Promise((done, failed) => {
    new tus.Upload(bytes, { ...options, uploadUrl: url, onError: failed,
      onSuccess: ({ lastResponse }) => done(lastResponse.getHeader('Content-Location')) }).start();
  });
  assert.deepEqual(Buffer.from(await (await get(clerk.caller, `${document}/content`)).arrayBuffer()), bytes);
  const about = await clerk.caller.must('GET', document);
  assert.equal(about.name, 'resumed.bin');
  const wrong = await fetch(`${platform.url}${FOLDER}/uploads`, { method: 'POST', headers: { ...clerk.caller.headers, 'Upload-Length': '5' } });
  assert.equal(wrong.status, 412);
});
