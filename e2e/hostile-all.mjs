// Sends the whole list: node hostile-all.mjs [how many] [seed]
import { SEED, fire, inputs, rows, trap } from './hostile.mjs';
import { Platform } from './harness.mjs';

const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? SEED);
const platform = await Platform.start({ command: ['run', '--home', trap()] });
try {
  const admin = await platform.admin();
  await admin.must('POST', '/api/trap/v1/things', rows);
  const { key } = await platform.user(admin, 'hal', ['people']);
  const before = JSON.stringify(await admin.must('GET', '/api/trap/v1/things?order=id'));
  const begun = performance.now();
  const wrong = await fire(platform, key, inputs(count, seed));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const same = JSON.stringify(await admin.must('GET', '/api/trap/v1/things?order=id')) === before;
  for (const each of wrong.slice(0, 200)) console.log(JSON.stringify(each));
  console.log(`${count} hostile requests, seed ${seed}, ${seconds} s: ${wrong.length} wrong answers, rows ${same ? 'as before' : 'CHANGED'}`);
  process.exitCode = wrong.length > 0 || !same ? 1 : 0;
} finally {
  await platform.stop();
}
