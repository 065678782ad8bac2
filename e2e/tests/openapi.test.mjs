// A programmer who generates a client: reads the OpenAPI document of an app and takes it at its word.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { browser } from '../browser.mjs';
import { Platform, temporaryFolder } from '../harness.mjs';

const home = temporaryFolder();
const write = (file, text) => {
  fs.mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
  fs.writeFileSync(path.join(home, file), text);
};

write('apps/lab/app.yaml', 'title: Laboratory\ngroups: [lab_users, lab_admins, lab_guests, public_access]\n');
write('apps/lab/records/Kind.java', `
@Record(view = {"lab_users", "lab_guests"}, create = "lab_admins", update = "lab_admins", delete = "lab_admins")
record Kind(@NotBlank @Size(max = 40) String name) {}
`);
write('apps/lab/records/Sample.java', `
@Record(audit = true, softDelete = true, attachments = true,
        view = "lab_users", create = "lab_users", update = "lab_users", delete = "lab_admins", search = "title")
@ManyToMany(value = Kind.class, name = "tags", inverse = "tagged")
record Sample(
        @NotBlank @Size(max = 40) String title,
        @Size(min = 2, max = 5) @Pattern("[A-Z]+") String code,
        int amount, Integer maybe, long large,
        @Min(0) @Digits(integer = 8, fraction = 2) BigDecimal price,
        @NotNull Money cost,
        boolean open, LocalDate due, Instant seen, LocalTime opens, Duration lasts, UUID token,
        @NotNull @Default("GREEN") Colour colour, Colour other,
        List<String> words, List<Colour> colours, @Size(max = 3) List<Long> numbers, Map<String, Object> more,
        @NotNull @BelongsTo Kind main, @BelongsTo Kind kind,
        @RunningNumber("S-{0000}") String number,
        @Computed @Digits(fraction = 2) BigDecimal twice,
        @Default("now") Instant noted, @Email String mail,
        @Restricted(view = "lab_admins") String secret,
        @Restricted(update = "lab_admins") String stamp) {
    enum Colour { RED, GREEN }
    static Value<BigDecimal> twice(SampleRecords.Fields sample) { return sample.price().times(2).rounded(2); }
}
`);
write('apps/lab/rules/Rules.java', `
@ExpressionRule(description = "Twice a number", use = "lab_users")
long twice(long number) { return 2 * number; }

@ExpressionRule(use = "lab_admins")
String hush(String word, LocalDate day, List<String> words) { return word; }
`);
write('apps/lab/processes/Grow.java', '@Process(use = "lab_users")\nvoid grow(long number) { ctx.var("number", number); }\n');
write('apps/lab/folders/Papers.java', '@Folder(view = "lab_users", admin = "lab_admins")\ninterface Papers {}\n');

let platform;
let admin;
let user;
let guest;
let everything;
let document;

before(async () => {
  platform = await Platform.start({ command: ['run', '--home', home] });
  admin = await platform.admin();
  user = (await platform.user(admin, 'ulla', ['lab_users'])).caller;
  guest = (await platform.user(admin, 'gerd', ['lab_guests'])).caller;
  await admin.must('POST', '/api/lab/v1/kinds', [{ name: 'first' }, { name: 'second' }]);
  everything = await admin.must('GET', '/api/lab/openapi.json');
  document = await user.must('GET', '/api/lab/openapi.json');
});
after(() => platform?.stop());

async function valid(text) {
  const { valid: fine, errors } = await new Validator().validate(structuredClone(text));
  assert.ok(fine, JSON.stringify(errors)?.slice(0, 2000));
}

/** A check of values against a schema of a document. */
function schema(of, name, closed = false) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'https://document.test/', components: of.components });
  const inside = { $ref: `https://document.test/#/components/schemas/${name}` };
  const check = ajv.compile(closed ? { ...inside, unevaluatedProperties: false } : inside);
  return (value) => assert.ok(check(value), `${JSON.stringify(value)} ${JSON.stringify(check.errors)}`);
}

/** A value that a schema allows, made from the schema alone. */
function made(of, s) {
  if (s.$ref) return made(of, s.$ref.slice(2).split('/').reduce((at, key) => at[key], of));
  if (s.oneOf) return made(of, s.oneOf[0]);
  if (s.enum) return s.enum[0];
  switch ([s.type].flat().find((type) => type !== 'null')) {
    case 'object': return Object.fromEntries(Object.entries(s.properties ?? {}).map(([key, p]) => [key, made(of, p)]));
    case 'array': return [made(of, s.items)];
    case 'integer': case 'number': return s.minimum ?? 1;
    case 'boolean': return true;
    default: {
      const formats = {
        date: '2026-11-20', 'date-time': '2026-11-20T09:30:00Z', email: 'a@b.test',
        uuid: '0198c2d1-7a53-7c1e-9f4b-2f6d1c0a8e77' };
      const texts = ['word', 'EUR', 'ABCD', '09:30:00', 'PT36H30M'];
      return formats[s.format] ?? texts.find((text) => !s.pattern || new RegExp(s.pattern, 'u').test(text));
    }
  }
}

test('every document is valid OpenAPI 3.1 to a public validator', async () => {
  for (const caller of [admin, user, guest]) await valid(await caller.must('GET', '/api/lab/openapi.json'));
  await valid(await admin.must('GET', '/api/openapi.json'));
  await assert.rejects(valid({ ...document, paths: { '/x': { get: { parameters: [{ in: 'nowhere' }] } } } }));
});

test('a body made from the schema is accepted, and every property of the answer is in the schema', async () => {
  for (const [caller, of] of [[user, document], [admin, everything]]) {
    const { id: _, ...body } = made(of, { $ref: '#/components/schemas/sample.create' });
    schema(of, 'sample.create')(body);
    const [row] = await caller.must('POST', '/api/lab/v1/samples', body, { Prefer: 'return=representation' });
    schema(of, 'sample', true)(row);
    assert.deepEqual(Object.keys(row).sort(), Object.keys(of.components.schemas.sample.properties).sort());
    const { version: __, ...changes } = made(of, { $ref: '#/components/schemas/sample.update' });
    await caller.must('PATCH', `/api/lab/v1/samples/${row.id}`, changes);
    const { version: ___, ...whole } = made(of, { $ref: '#/components/schemas/sample.replace' });
    await caller.must('PUT', `/api/lab/v1/samples/${row.id}`, whole);
    const required = Object.fromEntries(
      of.components.schemas['sample.create'].required.map((key) => [key, body[key]]));
    const [least] = await caller.must('POST', '/api/lab/v1/samples', required, { Prefer: 'return=representation' });
    schema(of, 'sample', true)(least);
    for (const key of Object.keys(required)) {
      const { [key]: ____, ...lacking } = required;
      assert.equal((await caller.call('POST', '/api/lab/v1/samples', lacking)).status, 422, key);
    }
  }
});

test('what the schema does not allow is refused by the server too', async () => {
  const check = schema(document, 'sample.create');
  const { id: _, ...body } = made(document, { $ref: '#/components/schemas/sample.create' });
  const wrong = {
    title: ' ', code: 'ABCDEFG', amount: 1.5, price: -1, cost_currency: 'euro', due: 'soon', colour: 'BLUE',
    numbers: [1, 2, 3, 4], mail: 'nobody', number: 'S-1', twice: 2, version: 1, created_by: 'me', nothing: 1,
    opens: 'noon', lasts: 'long', token: 'x' };
  for (const [key, value] of Object.entries(wrong)) {
    assert.throws(() => check({ ...body, [key]: value }), undefined, key);
    assert.equal((await user.call('POST', '/api/lab/v1/samples', { ...body, [key]: value })).status, 422, key);
  }
});

test('every option of a list is understood, and a refusal is the problem that is described', async () => {
  for (const ref of document.paths['/api/lab/v1/samples'].get.parameters) {
    const { name, in: place } = document.components.parameters[ref.$ref.split('/').at(-1)];
    const examples = { select: 'id', order: 'id.desc', limit: '1', offset: '0', and: '(id.gt.0)', or: '(id.gt.0)',
      after: '', search: 'word', having: '(count.gt.0)' };
    if (place !== 'query' || ['after', 'having'].includes(name)) continue;
    const answer = await user.call('GET', `/api/lab/v1/samples?${name}=${examples[name] ?? 'is.null'}`);
    assert.equal(answer.status, 200, `${name}: ${answer.text}`);
  }
  const refused = await user.call('POST', '/api/lab/v1/samples', { title: '' });
  schema(document, 'Problem', true)(refused.body);
});

test('a rule, a process and a folder do what their descriptions say', async () => {
  const rule = document.paths['/api/lab/v1/rpc/twice'];
  const inputs = made(document, rule.post.requestBody.content['application/json'].schema);
  assert.equal(await user.must('POST', '/api/lab/v1/rpc/twice', inputs), 2);
  assert.equal(rule.get.parameters[0].name, 'number');
  const start = document.paths['/api/lab/v1/processes/grow'].post;
  const begun = await user.call('POST', '/api/lab/v1/processes/grow',
    made(document, start.requestBody.content['application/json'].schema));
  assert.equal(begun.status, 202);
  assert.deepEqual(Object.keys(begun.body).sort(), start.responses[202].content['application/json'].schema.required.sort());
  const file = await admin.must('POST', '/api/lab/v1/folders/papers/documents?name=a.json', { a: 1 });
  schema(everything, 'Document', true)(file);
  schema(everything, 'Folder', true)(await admin.must('GET', '/api/lab/v1/folders/papers'));
});

test('a caller reads only of what he may use', async () => {
  const words = (text) => JSON.stringify(text);
  assert.match(words(everything), /secret/);
  assert.doesNotMatch(words(document), /secret|hush/);
  const { properties } = document.components.schemas['sample.update'];
  assert.ok(!('stamp' in properties) && 'stamp' in document.components.schemas.sample.properties);
  assert.ok(!document.paths['/api/lab/v1/samples/{id}'].delete, 'no delete for those who may not');
  assert.ok(!document.paths['/api/lab/v1/kinds'].post, 'nor adding');
  const seen = await guest.must('GET', '/api/lab/openapi.json');
  assert.deepEqual(Object.keys(seen.paths).filter((name) => !name.startsWith('/api/lab/v1/kinds')), []);
  assert.doesNotMatch(words(seen), /sample|twice|papers|tagged/);
  const outsider = (await platform.user(admin, 'otto', [])).caller;
  const hidden = await outsider.call('GET', '/api/lab/openapi.json');
  const missing = await outsider.call('GET', '/api/nowhere/openapi.json');
  assert.equal(hidden.status, 404);
  assert.equal(missing.status, 404);
});

test('a stranger reads of what public access opens, and of nothing else', async () => {
  const stranger = platform.stranger();
  assert.equal((await stranger.call('GET', '/api/lab/openapi.json')).status, 401);
  const grant = { group: 'public_access', object_ref: 'lab.records.kind', permissions: ['view'] };
  await admin.must('POST', '/api/admin/grants', grant);
  const seen = await stranger.must('GET', '/api/lab/openapi.json');
  await valid(seen);
  assert.deepEqual(Object.keys(seen.paths).sort(), ['/api/lab/v1/kinds', '/api/lab/v1/kinds/export', '/api/lab/v1/kinds/{id}']);
  assert.deepEqual(Object.keys(seen.components.schemas.kind.properties).includes('name'), true);
  await admin.must('DELETE', '/api/admin/grants', grant);
  assert.equal((await stranger.call('GET', '/api/lab/openapi.json')).status, 401);
});

test('a person reads the documents on a page of the server itself', async () => {
  const chromium = await browser();
  try {
    const page = await chromium.newPage();
    const faults = [];
    const asked = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${platform.url}/api/docs#lab`);
    await page.getByText('This address needs a login.').waitFor();
    assert.ok(faults.every((text) => text.includes('401')), faults.join('\n'));
    await page.getByLabel('API key').fill(user.headers['X-API-Key']);
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('heading', { name: /^Laboratory/ }).waitFor();
    await page.getByText('Adds one record or many').first().click();
    await page.getByText('"maxLength": 40').first().waitFor();
    assert.ok(asked.every((url) => url.startsWith(platform.url)), asked.join('\n'));
    assert.ok(faults.every((text) => text.includes('401')), faults.join('\n'));
  } finally {
    await chromium.close();
  }
});

test('the inputs of the platform itself are described too', async () => {
  const { paths, 'x-apps': apps } = await user.must('GET', '/api/openapi.json');
  assert.deepEqual(apps, ['lab']);
  assert.ok(paths['/api/v1/ask'].post.requestBody.content['application/json'].schema.properties.question);
  assert.ok(paths['/api/admin/audit'].get.parameters.some(({ name }) => name === 'since'));
});
