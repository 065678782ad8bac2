// Contents in a bucket: the same documents, kept by a server that speaks S3.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import S3rver from 's3rver';
import { Platform, freePort, temporaryFolder } from '../harness.mjs';

const PAPERS = '/api/desk/v1/folders/papers/documents';

test('contents lie in the bucket, small and large, whole and in parts, and go when nobody has them', async () => {
  const port = await freePort();
  const bucket = temporaryFolder();
  const s3 = new S3rver({ port, address: '127.0.0.1', silent: true, directory: bucket, configureBuckets: [{ name: 'papers' }] });
  await s3.run();
  let over = false;
  const home = temporaryFolder();
  fs.mkdirSync(path.join(home, 'apps/desk/folders'), { recursive: true });
  fs.writeFileSync(path.join(home, 'apps/desk/app.yaml'), 'title: Desk\ngroups: [clerks]\n');
  fs.writeFileSync(path.join(home, 'apps/desk/folders/Papers.java'), '@Folder(admin = "clerks") interface Papers {}\n');
  const platform = await Platform.start({
    command: ['run', '--home', home], dir: home,
    env: {
      APPOS_DOCUMENTS_STORE: 's3', APPOS_DOCUMENTS_S3_ENDPOINT: `http://127.0.0.1:${port}`, APPOS_DOCUMENTS_S3_BUCKET: 'papers',
      APPOS_DOCUMENTS_S3_ACCESS_KEY: 'S3RVER', APPOS_DOCUMENTS_S3_SECRET_KEY: 'S3RVER',
    },
  });
  try {
    const admin = await platform.admin();
    const send = (name, bytes) => fetch(`${platform.url}${PAPERS}?name=${name}`, {
      method: 'POST', headers: { ...admin.headers, 'Content-Type': 'application/octet-stream' }, body: bytes,
    }).then(async (answer) => ({ status: answer.status, body: await answer.json() }));
    const objects = () => fs.readdirSync(path.join(bucket, 'papers/contents')).filter((name) => /^[0-9a-f]{64}[^/]*object$/.test(name));

    for (const size of [0, 1000, 20 * 1024 * 1024]) {
      const bytes = randomBytes(size);
      const made = await send('a.bin', bytes);
      assert.equal(made.status, 201, JSON.stringify(made.body));
      assert.equal(made.body.sha256, createHash('sha256').update(bytes).digest('hex'));
      const address = `${platform.url}${PAPERS}/${made.body.id}/content`;
      assert.deepEqual(Buffer.from(await (await fetch(address, { headers: admin.headers })).arrayBuffer()), bytes);
      if (size > 0) {
        const part = await fetch(address, { headers: { ...admin.headers, Range: 'bytes=10-19' } });
        assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(10, 20));
      }
      assert.equal((await send('again.bin', bytes)).status, 201);
    }
    assert.equal(objects().length, 3);
    assert.ok((await admin.must('POST', '/api/admin/documents/clean', { strays: true })).more === false);

    s3.httpServer.closeAllConnections();
    await s3.close();
    over = true;
    const down = await send('b.bin', randomBytes(10));
    assert.equal(down.status, 503, JSON.stringify(down.body));
    assert.ok(!JSON.stringify(down.body).includes('S3RVER'), 'no key is told');
  } finally {
    await platform.stop();
    s3.httpServer.closeAllConnections();
    if (!over) await s3.close();
  }
});
