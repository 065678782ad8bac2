// A sample of the hostile requests; `benchmarks/run hostile` sends all ten thousand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { careless, classes, fault, fire, inputs, rows, send, trap } from '../hostile.mjs';
import { Platform } from '../harness.mjs';

let platform;
let admin;
let key;

before(async () => {
  platform = await Platform.start({ command: ['run', '--home', trap()] });
  admin = await platform.admin();
  await admin.must('POST', '/api/trap/v1/things', rows);
  key = (await platform.user(admin, 'hal', ['people'])).key;
});
after(() => platform?.stop());

const everything = async () => JSON.stringify(await admin.must('GET', '/api/trap/v1/things?order=id'));

test('no hostile request yields a 5xx, a hang, a leak or an unfiltered answer, and none changes a row', async () => {
  const before = await everything();
  const wrong = await fire(platform, key, inputs(1_150));
  assert.deepEqual(wrong, []);
  assert.equal(await everything(), before);
});

test('the control: answers of a parser that passes over what it does not know are found in every class of filters', async () => {
  const found = new Map();
  for (const input of inputs(classes.length * 12)) {
    const passed = careless(input);
    if (!passed || typeof input.wants === 'string' && input.wants === 'any') continue;
    const said = fault(input, await send(platform, key, passed));
    found.set(input.kind, (found.get(input.kind) ?? 0) + (said ? 1 : 0));
  }
  assert.ok(found.size >= 10, [...found.keys()].join());
  for (const [kind, count] of found) assert.ok(count > 0, `${kind}: not one of its answers was found`);
});

test('the control: a 5xx, a hang and what is hidden are found', () => {
  const input = { method: 'GET', address: '/', wants: 'any' };
  const good = { status: 200, type: 'application/json', text: '[]', ms: 1 };
  assert.equal(fault(input, good), null);
  for (const bad of [{ status: 500 }, { status: 503 }, { status: 0 }, { ms: 2_001 }, { text: '[{"name":"HIDDEN-1"}]' }, { text: 'SECRET-5' }, { status: 400 }]) {
    assert.ok(fault(input, { ...good, ...bad }), JSON.stringify(bad));
  }
});
