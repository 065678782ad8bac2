// Rubbish at every address: whatever comes in, what goes out is an answer or a problem document, and never a 5xx.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { Platform } from '../harness.mjs';

let platform;
let admin;
let key;

before(async () => {
  platform = await Platform.start();
  admin = await platform.admin();
  key = (await admin.must('POST', '/api/admin/users/admin/api-keys', { name: 'rubbish' })).api_key;
});
after(() => platform?.stop());

const bodies = {
  nothing: undefined,
  'broken JSON': '{"a":',
  null: 'null',
  'a number': '5',
  'an array': '[1,2]',
  'an array of null': '[null]',
  'a text': '"x"',
  'an empty object': '{}',
  'unknown fields': '{"surely_unknown":1}',
  'deep nesting': '['.repeat(2000) + ']'.repeat(2000),
  'a huge number': '{"a":1e2147483648}',
  'a large exponent': '{"name":1e999999,"policy":1e99999999,"x":1e-99999999}',
  'a NUL': '{"name":"a\\u0000b","username":"a\\u0000b"}',
  'half a surrogate': '{"name":"\\ud800","username":"\\ud800"}',
  'a long name': `{"name":"${'n'.repeat(100_000)}","username":"${'n'.repeat(100_000)}"}`,
  'duplicate keys': '{"a":1,"a":2}',
  'numbers as texts': '{"name":5,"groups":"x","limit":"many","id":"x","query":7,"action":[],"params":"x"}',
};
const places = ['1', 'x', '-1', '9'.repeat(40), 'a.b.c', 'ü', '%25', encodeURIComponent("';--")];
const skipped = new Set(['/assets/{file}', '/{screen}', '/api/auth/logout']);

const reasonable = (answer) => {
  assert.ok(answer.status < 500, `${answer.status} ${answer.text}`);
  if (answer.status >= 400 && answer.text !== '') {
    assert.match(answer.headers.get('content-type') ?? '', /application\/problem\+json/, answer.text);
    assert.ok(answer.body.detail && answer.body.remedy, answer.text);
  }
};

test('every address survives every kind of body', async () => {
  const caller = platform.withKey(key);
  const { paths } = await admin.must('GET', '/api/openapi.json');
  let calls = 0;
  for (const [path, methods] of Object.entries(paths)) {
    if (skipped.has(path)) continue;
    for (const method of Object.keys(methods)) {
      for (const [what, body] of Object.entries(method === 'get' ? { nothing: undefined } : bodies)) {
        const address = path.replace('{app}', 'crm').replace('{records}', 'customers').replace(/[{<]\w+[}>]/g, 'x');
        const answer = await caller.call(method.toUpperCase(), address, body);
        try {
          reasonable(answer);
        } catch (error) {
          throw new Error(`${method} ${address} with ${what}: ${error.message}`);
        }
        calls++;
      }
    }
  }
  assert.ok(calls > 300, `${calls} calls`);
});

test('every address survives every kind of path', async () => {
  const caller = platform.withKey(key);
  const { paths } = await admin.must('GET', '/api/openapi.json');
  for (const path of Object.keys(paths)) {
    if (skipped.has(path) || !path.includes('{')) continue;
    for (const place of places) {
      reasonable(await caller.call('GET', path.replace(/[{<]\w+[}>]/g, place)));
    }
  }
});

/** What the server says to bytes that are no proper request. */
const raw = (bytes) =>
  new Promise((done, failed) => {
    const socket = net.connect(platform.port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (data) => (answer += data));
    socket.on('close', () => done(answer));
    socket.on('error', failed);
    socket.setTimeout(5_000, () => socket.destroy());
  });

const broken = {
  'a broken escape': 'GET /api/admin/users/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'an escaped NUL': 'GET /api/admin/users/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'a broken escape in a change': 'PATCH /api/admin/users/%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'no host': 'GET / HTTP/1.1\r\n\r\n',
  'two hosts': 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  'a very long path': `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  'very long headers': `GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
  'no HTTP at all': 'hello\r\n\r\n',
};
for (const [what, bytes] of Object.entries(broken)) {
  test(`${what} is answered with a problem document`, async () => {
    const answer = await raw(bytes);
    assert.match(answer, /^HTTP\/1\.1 4\d\d/);
    assert.match(answer, /application\/problem\+json/);
    assert.doesNotMatch(answer, /<html/i);
  });
}

const messages = {
  'no JSON': ['{', -32700],
  null: ['null', -32600],
  'a batch': ['[]', -32600],
  'another version': ['{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600],
  'a call without parameters': ['{"jsonrpc":"2.0","id":1,"method":"tools/call"}', -32602],
  'a call without a name': ['{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}', -32602],
  'a greeting without parameters': ['{"jsonrpc":"2.0","id":1,"method":"initialize"}', -32602],
  'an unknown method': ['{"jsonrpc":"2.0","id":1,"method":"nothing/here","params":{}}', -32601],
};
for (const [what, [message, code]] of Object.entries(messages)) {
  test(`the agents' door answers ${what} in the protocol's own words`, async () => {
    const answer = await platform.withKey(key).call('POST', '/mcp', message);
    assert.equal(answer.body?.error?.code, code, answer.text);
    assert.doesNotMatch(answer.text, /java|io\.modelcontextprotocol|Cannot invoke/);
  });
}

test("the agents' door does not answer pages of other sites, nor revisions it does not know", async () => {
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
  const caller = platform.withKey(key);
  assert.equal((await caller.call('POST', '/mcp', ping)).status, 200);
  assert.equal((await caller.call('POST', '/mcp', ping, { Origin: 'http://evil.test' })).status, 403);
  assert.equal((await caller.call('POST', '/mcp', ping, { 'MCP-Protocol-Version': '1999-01-01' })).status, 400);
  assert.equal((await caller.call('POST', '/mcp', ping, { 'Content-Type': 'text/plain' })).status, 400);
});

test('lists in conditions, CSV, and changes of many do what they say or are refused', async () => {
  const caller = platform.withKey(key);
  const some = await caller.must('GET', '/api/crm/v1/customers?or=(id.in.(1,2),id.eq.3)&select=id&order=id');
  assert.deepEqual(some, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  const others = await caller.must('GET', '/api/crm/v1/customers?and=(id.lte.4,id.not.in.(1,2))&select=id&order=id');
  assert.deepEqual(others, [{ id: 3 }, { id: 4 }]);
  assert.equal((await caller.call('GET', '/api/crm/v1/customers?id=in.(1,2)x')).status, 400);
  const csv = await caller.call('GET', '/api/crm/v1/customers?id=lte.2&select=id,last_name&order=id', undefined, { Accept: 'text/csv' });
  assert.equal(csv.text.trim().replaceAll('\r', ''), 'id,last_name\n1,Gonçalves\n2,Köhler');
  const limited = await caller.call('DELETE', '/api/billing/v1/playlists?id=gt.1&limit=1');
  assert.equal(limited.status, 400);
  assert.match(limited.body.detail, /limit/);
});
