// A program that follows changes with an EventSource, as browsers have one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSource } from 'eventsource';
import { Platform, eventually, freePort, temporaryFolder } from '../harness.mjs';

function follow(platform, headers) {
  const told = [];
  const source = new EventSource(`${platform.url}/api/v1/events?topics=crm.records.customer`, {
    fetch: (address, init) => fetch(address, { ...init, headers: { ...init.headers, ...headers } }),
  });
  for (const event of ['ready', 'created', 'updated', 'gone', 'reset', 'end']) {
    source.addEventListener(event, (message) => told.push({ event, id: message.lastEventId, data: JSON.parse(message.data) }));
  }
  const of = (event) => told.filter((each) => each.event === event);
  return { source, told, of };
}

test('changes are told as they happen, across a kill -9, and only while they may be seen', async () => {
  const dir = temporaryFolder();
  const port = await freePort();
  let platform = await Platform.start({ dir, port });
  let admin = await platform.admin();
  const user = await platform.user(admin, 'rita', ['crm_users']);
  const live = follow(platform, user.caller.headers);
  await eventually(() => live.of('ready').length, 'the stream to be open');

  await admin.must('PATCH', '/api/crm/v1/customers/5', { city: 'Brno' });
  await eventually(() => live.of('updated').length === 1, 'the change');
  assert.equal(live.of('updated')[0].data.record.city, 'Brno');
  assert.equal(live.of('updated')[0].data.topic, 'crm.records.customer');

  await platform.kill();
  platform = await Platform.start({ dir, port });
  admin = await platform.admin();
  await admin.must('PATCH', '/api/crm/v1/customers/6', { city: 'Ostrava' });
  await eventually(() => live.of('updated').length === 2, 'the change after the crash', 60_000);
  assert.deepEqual(live.of('updated').map((each) => each.data.id), [5, 6], 'once each');
  assert.equal(live.of('reset').length, 0);

  await admin.must('POST', '/api/admin/users/rita/deactivate', {});
  await eventually(() => live.of('end').length, 'the end', 5_000);
  live.source.close();

  const revenue = await admin.must('POST', '/api/crm/v1/rpc/top_customers', { count: 2 });
  assert.deepEqual(revenue.map((each) => each.value), [49.62, 47.62]);
  await platform.stop();
});
