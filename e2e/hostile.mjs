// Ten thousand requests nobody means well with, made from a seed; and what may be answered to each.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { temporaryFolder } from './harness.mjs';

export const SEED = 20261120;
export const SLOWEST_MS = 2_000;
const THINGS = '/api/trap/v1/things';

/** An app with rows and a field that the caller must never see. */
export function trap() {
  const home = temporaryFolder();
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    fs.writeFileSync(path.join(home, file), text);
  };
  write('apps/trap/app.yaml', 'title: Trap\ngroups: [people, bosses]\n');
  write('apps/trap/records/Thing.java', `
@Record(audit = true, view = "people", create = "people", update = "people", delete = "people", search = {"name"})
record Thing(
        @NotBlank @Size(max = 80) String name,
        @Size(max = 200) String word,
        @Min(0) Integer number,
        Long big,
        @Digits(integer = 10, fraction = 2) BigDecimal amount,
        Boolean flag,
        LocalDate day,
        Instant at,
        Kind kind,
        List<String> tags,
        Map<String, Object> extra,
        @Restricted(view = "bosses") @Size(max = 40) String secret) {

    enum Kind { RED, BLUE }

    @RowFilter
    static Cond open(ThingRecords.Fields thing) {
        return ctx.user().in("bosses") ? everything() : thing.name().like("open*");
    }
}
`);
  write('apps/trap/rules/Rules.java', '@ExpressionRule(use = "people")\nlong twice(long number) { return 2 * number; }\n');
  return home;
}

/** Rows the caller sees, and rows he does not. */
export const rows = Array.from({ length: 60 }, (_, i) => ({
  name: i % 2 ? `HIDDEN-${i}` : `open ${i}`, word: `w${i % 7}`, number: i, big: i * 1e9, amount: i + 0.25,
  flag: i % 3 === 0, day: `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`, at: '2026-01-01T00:00:00Z',
  kind: i % 2 ? 'RED' : 'BLUE', tags: ['a', `t${i % 5}`], extra: { a: { b: i } }, secret: `SECRET-${i}`,
}));
export const OPEN = rows.filter((row) => row.name.startsWith('open')).length;

/** Numbers that look like chance and are the same each time. */
function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(next() * list.length)];
  return { next, pick, below: (n) => Math.floor(next() * n) };
}

const COLUMNS = ['name', 'word', 'number', 'big', 'amount', 'flag', 'day', 'at', 'kind', 'id', 'version', 'created_by'];
const TYPED = ['number', 'big', 'amount', 'flag', 'day', 'at', 'kind', 'id'];
const UNKNOWN = [
  'nme', 'secret', 'SECRET', 'Name', 'name ', 'name;', 'na me', 'name--', "name'", 'name)', 't.name', 'trap.things.name',
  'things', '*', '1', 'null', 'ctid', 'xmin', 'tableoid', 'pg_sleep', 'select_', 'Limit', 'offset ', 'where', 'having', 'group',
  'constructor', '__proto__', 'toString', 'name\u0000', 'nаme', 'ñame', '🦊', 'or.', 'and.and', 'not', 'not.name', '$name', '{name}', '%', '..',
  'extra->', '->a', 'extra->>', 'extra->a->', 'a'.repeat(300), 'name,word', 'name.first', 'password', 'columns2', 'on_conflictx',
];
const OPERATORS = [
  'equals.1', 'eq', '', '.', '==.1', 'EQ.1', 'eq 1', 'gt', 'lte', 'between.1.2', 'regexp.x', 'sql.1', 'not', 'not.', 'not.not.', 'not.eq',
  'in.1', 'in.(', 'in.)', 'in.(1', 'in.(1))', 'in.((1))', 'is.maybe', 'is.', 'is.nul', 'eq(any', 'eq(some).{1}', 'eq(all)', 'eq(any).1',
  'fts(', 'fts(english', 'like(any).', 'cs', 'ov', 'isdistinct', 'xyz.1', '1', 'null', '\u0000', 'eq\u0000.1', 'ｅｑ.1', '🦊.1', 'or.(id.eq.1)',
];
const SQL = [
  "' or '1'='1", "'; drop table things; --", "1; select pg_sleep(5)", "x') or true --", "' union select secret from things --", '\\', "\\' or 1=1",
  '$$', "$$; select 1", "/*", "*/ or 1=1 /*", '" or "1"="1', "%' or '%'='", "'||(select secret from trap.things limit 1)||'", 'E\'\\x27\'',
  'current_user', ':name', '?', '$1', '{fn now()}', "chr(39)", 'null', 'true', ';', '--', "pg_sleep(9)", "1e999", '\u2019 or 1=1', '%27 or 1=1',
];
const UNICODE = [
  '\u0000', '\ufffe', '\ud83e\udd8a', '\u202e\u202d', 'e\u0301'.repeat(40), '\u200b', '\ufeff', 'ﬀ', 'İ', 'ß', 'ı', '\u2028', '\u0085', '\t', '\r\n', '𝒳'.repeat(50),
  '\u0300'.repeat(200), '\uffff', '\u{10ffff}', '\u061c', '٣', 'Ａ', '²', '½',
];
const NUMBERS = [
  '9'.repeat(30), '-' + '9'.repeat(30), '1e400', '1e-400', '1e999999999', '0x10', 'NaN', 'Infinity', '-Infinity', '1_000', '1,5', '١', '--1', '+-1', '1.', '.5.', '',
  ' ', 'true1', '2147483648', '9223372036854775808', '-9223372036854775809', '0'.repeat(5000) + '1', '1'.repeat(1500), '1e', '0b1', '1/0', '1 or 1=1', '२',
];
const BOMBS = [
  '(a+)+$', '(a|aa)+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(x+x+)+y', '((a*)*)*b', '.{1,255}'.repeat(20), '(?=a)*', '[', '(', '*', '\\', '(?<n>', 'a{1,99999}', '(.*)(.*)(.*)(.*)(.*)x',
  '[[:alpha:]]+'.repeat(30), '\\1', '(a)\\1{200}', '(((((((((((((((((((('.repeat(20), '%'.repeat(150), '%_'.repeat(90), '*a'.repeat(90), '_'.repeat(190),
];
const TREES = [
  '(', ')', '()', '((', 'id.eq.1', '(id.eq.1', '(id.eq.1))', '(id.eq.1)x', '(,)', '(id.eq.1,)', '(,id.eq.1)', '(id)', '(id.eq)', '(id..1)', '(not)', '(and)', '(and())', '(or())', '(or(id.eq.1)',
  '(xor(id.eq.1))', '(nme.eq.1)', '(secret.eq.SECRET-1)', '(id.equals.1)', '(id.eq.1;id.eq.2)', '(id.eq."1)', '(id.eq.1 or id.eq.2)', '(name.eq.a\u0000', '(id.in.1)', '(id.in.(1)',
  `${'('.repeat(60)}id.eq.1${')'.repeat(60)}`, `(${'and('.repeat(40)}id.eq.1${')'.repeat(40)})`, `(${'not.or('.repeat(5000)}`, `(${Array(3000).fill('id.eq.1').join(',')})`, '(id.is.maybe)', '(true)', '(1.eq.1)', "('1'='1')",
];
const SELECTS = [
  'nme', 'secret', 'id,secret', 'id,,name', ',', 'id,', 'name(', 'name)', 'name(id)', 'things(*)', 'thing(id)', '(id)', '((id))', '*,secret', 'id as x', 'count(*)', 'pg_sleep(5)', 'id;drop table', 'secret.max()', 'x:secret',
  'id::', 'id::regclass', 'id::secret', "id'", '"', 'id->', 'extra->', '->', '...', '...things(*)', 'id.sum(', 'sum()', 'max(secret)', '🦊', 'id\u0000', 'a'.repeat(3000), 'parent('.repeat(300), 'name.sum()', 'id!inner', '!fk(id)', ':id',
];
const ORDERS = ['nme', 'secret', 'secret.desc', 'id.up', 'id.asc.desc', 'id..desc', '.', ',', 'id,', 'id,nme', 'id asc', 'random()', 'id;', "id'", 'id.nullsmiddle', 'pg_sleep(5)', '(select 1)', '1', 'id.asc.nullsfirst.x', '🦊', 'a'.repeat(2000), 'extra->', 'count()'];
const PAGES = [['limit', '-1'], ['limit', 'x'], ['limit', '1e9'], ['limit', '99999999999'], ['limit', ''], ['limit', '1.5'], ['limit', 'null'], ['limit', '١'], ['offset', '-1'], ['offset', 'x'], ['offset', '9'.repeat(25)], ['offset', '1;'], ['limit', '0x1'], ['offset', ' 1']];
const PREFERENCES = [
  'return=everything', 'count=all', 'resolution=overwrite', 'tx=maybe', 'atomic=perhaps', 'max-affected=x', 'max-affected=-1', 'fetch=all', 'return', 'missing=zero', 'no-such-word', '=x', 'return=representation;x', 'handling=strict, foo',
];

const q = encodeURIComponent;

/** Half of an escape, and other ways to write a byte. */
const badly = (r, text) => r.pick([
  () => q(text), () => q(q(text)), () => text.replace(/[^\w.()*-]/g, (c) => q(c)), () => `${q(text)}%`, () => `${q(text)}%zz`, () => `%c0%af${q(text)}`, () => `%ff%fe${q(text)}`, () => `%u0041${q(text)}`, () => `+${q(text)}+`,
])();

/** The requests, by class. `wants` says what may be answered: `refuse`, a test of each row, or anything that is no leak. */
const MAKERS = {
  unknown_column: (r) => get(`${q(r.pick(UNKNOWN))}=${q(r.pick(['eq.1', 'is.null', 'gt.0', 'not.is.null', 'like.*', 'in.(1)', '1', '']))}`, 'refuse'),
  unknown_operator: (r) => get(`${r.pick(COLUMNS)}=${q(r.pick(OPERATORS))}`, 'refuse'),
  wrong_type: (r) => get(`${r.pick(['number', 'big', 'id', 'day', 'at', 'kind', 'flag'])}=${r.pick(['eq', 'gt', 'neq', 'lte'])}.${q(r.pick([...SQL, 'x', 'maybe', '{}', '[]', '(1)', '2026-13-45', '25:61', 'GREEN'].filter((t) => !['true', 'null'].includes(t))))}`, 'refuse_or_narrow'),
  huge_number: (r) => get(`${r.pick(['number', 'big', 'amount', 'id', 'version'])}=${r.pick(['eq', 'gte', 'in'])}.${q(r.pick(NUMBERS))}`, 'any'),
  injection: (r) => {
    const text = r.pick(SQL);
    const column = r.pick(['name', 'word', 'created_by']);
    return r.below(2)
      ? get(`${column}=eq.${q(text)}`, (row) => row[column] === text)
      : get(`${column}=in.(${q(`"${text.replace(/["\\]/g, (c) => `\\${c}`)}"`)})`, (row) => row[column] === text);
  },
  unicode: (r) => {
    const text = r.pick(UNICODE) + r.pick(['', 'x', r.pick(UNICODE)]);
    return get(`name=eq.${q(text.toWellFormed())}`, (row) => row.name === text);
  },
  pattern: (r) => get(`${r.pick(['name', 'word'])}=${r.pick(['like', 'ilike', 'match', 'imatch'])}.${q(r.pick(BOMBS))}`, 'any'),
  tree: (r) => get(`${r.pick(['or', 'and', 'not.or', 'not.and'])}=${q(r.pick(TREES))}`, 'refuse'),
  deep: (r) => {
    const depth = 1 + r.below(400);
    return get(`and=${q(`(${'or('.repeat(depth)}id.eq.1${')'.repeat(depth)})`)}`, (row) => row.id === 1);
  },
  select: (r) => get(`select=${q(r.pick(SELECTS))}`, 'refuse'),
  order: (r) => get(`order=${q(r.pick(ORDERS))}`, 'refuse'),
  page: (r) => get(r.pick(PAGES).map(q).join('='), 'refuse'),
  twice: (r) => get(r.pick(['select=id&select=name', 'order=id&order=name', 'limit=1&limit=2', 'offset=1&offset=2', 'limit=1&limit=1', 'id=eq.1&id=eq.2&id=eq.x', 'select=id&select=secret', 'order=id&order=secret']), 'refuse'),
  together: (r) => {
    const [below, above] = [1 + r.below(60), r.below(60)];
    return get(`id=lt.${below}&id=gt.${above}&number=not.is.null&name=neq.${q(r.pick(SQL))}`, (row) => row.id < below && row.id > above);
  },
  escapes: (r) => raw('GET', `${THINGS}?name=eq.${badly(r, r.pick(SQL)).replaceAll(' ', '+')}`, {}, (row) => !/^open|^HIDDEN/.test(row.name)),
  long: (r) => get(`name=eq.${'x'.repeat(r.pick([500, 4_000, 9_000, 20_000]))}`, 'refuse_or_narrow'),
  path: (r) => raw('GET', r.pick([
    () => `${THINGS}/${q(r.pick([...SQL, ...NUMBERS.filter((n) => n.trim() !== ''), ...UNKNOWN]))}`,
    () => `/api/trap%2fv1%2fthings`, () => `/api/trap/v1/things%2f1`, () => `/api/trap/v1/things%00`, () => `/api/${q(r.pick(UNICODE))}/v1/things`,
    () => `/api/trap/v1/${q(r.pick(UNKNOWN))}`, () => `/api/trap/v1/things/../things/1/..%2f..`, () => `/api/trap/v1/things;x=1`, () => `/api//trap/v1/things`, () => `${THINGS}/1/${q(r.pick(UNKNOWN))}`,
    () => `${THINGS}/%2e%2e/%2e%2e/admin`, () => `/api/trap/v1/things/1%0d%0aX: y`, () => `/api/trap/v1/rpc/${q(r.pick([...SQL, ...UNKNOWN]))}`, () => `/api/trap/v1/rpc/twice?number=${q(r.pick(NUMBERS))}`,
  ])(), {}, 'any'),
  header: (r) => raw('GET', `${THINGS}?id=lt.0`, r.pick([
    () => ({ Range: r.pick(['-1', '5-1', 'bytes=0-1', '0-99999999999', 'x-y', '0-', '9'.repeat(20) + '-', '0-1,2-3']) }),
    () => ({ Prefer: r.pick(PREFERENCES) }), () => ({ Accept: r.pick(['text/xml', 'x', '*/*;q=9', 'application/vnd.pgrst.object', 'text/csv;x', ',', 'a'.repeat(3000)]) }),
    () => ({ 'If-None-Match': r.pick(['"', 'W/', '*', '"1", "2"', 'x'.repeat(2000)]) }), () => ({ traceparent: r.pick(['x', '00-0-0-0', '00-' + 'f'.repeat(90)]) }),
    () => ({ Authorization: r.pick(['Bearer', 'Bearer x', 'Basic !!!', 'x'.repeat(3000)]) }), () => ({ Cookie: r.pick(['a', '=;=', 'x='.repeat(1000)]) }), () => ({ 'Accept-Language': '*;q=x' }),
    () => ({ 'X-Odd': r.pick(SQL) }), () => ({ Host: r.pick(['', ':', 'a:b:c', '[::', 'x'.repeat(300)]) }), () => ({ 'Accept-Profile': r.pick(SQL) }),
  ])(), 'any'),
  body: (r) => write(r, r.pick(['POST', 'PATCH', 'PUT']), r.pick(['', '?id=lt.0', '?id=eq.1', '?on_conflict=name', '?columns=name,nme', '?select=secret', '?columns=', '?on_conflict=', '?select='])),
  body_one: (r) => ({ ...write(r, r.pick(['PATCH', 'PUT']), ''), address: `${THINGS}/${r.pick(['1', '3', '2', '99999', 'x'])}` }),
  transaction: (r) => ({ ...write(r, 'POST', ''), address: '/api/v1/transactions', body: transactionBody(r) }),
  rpc: (r) => ({ ...write(r, 'POST', ''), address: `/api/trap/v1/rpc/twice${r.pick(['', '?number=eq.1', '?select=secret'])}` }),
  change_unfiltered: (r) => ({ method: r.pick(['PATCH', 'DELETE']), body: undefined, ...get(r.pick([
    () => `${q(r.pick(UNKNOWN))}=eq.1`, () => `id=${q(r.pick(OPERATORS))}`, () => `or=${q(r.pick(TREES))}`, () => '', () => 'limit=1', () => 'order=id', () => 'select=id', () => 'columns=name',
  ])(), 'refuse'), changes: true }),
};

const get = (query, wants) => ({ method: 'GET', address: `${THINGS}?${query}`, headers: {}, wants });
const raw = (method, address, headers, wants) => ({ method, address, headers, wants, raw: true });

const VALUES = (r) => r.pick([
  null, true, 0, -1, 1e308, 1.5, 'x', '', [], {}, [[]], { a: null }, r.pick(SQL), r.pick(UNICODE).toWellFormed(), r.pick(NUMBERS), '1'.repeat(3000), { $ref: 'a.id' }, { $literal: 1 }, ['x'.repeat(500)], { '': '' }, { ['k'.repeat(500)]: 1 },
]);

function document(r) {
  const one = () => Object.fromEntries(Array.from({ length: r.below(5) }, () => [
    r.pick([...COLUMNS, 'tags', 'extra', 'secret', ...UNKNOWN.map((name) => name.toWellFormed())]), VALUES(r)]));
  return r.pick([one, () => [one(), one()], () => [one(), VALUES(r)], () => VALUES(r), () => Array(r.pick([1001, 3])).fill({ name: 'open x' })])();
}

const TEXTS = [
  '', ' ', '{', '[', '[{"name":"a"}', '{"name":}', 'null', 'nul', '{"name":"a","name":"b"}', '{"number":1e2147483648}', '{"number":01}', '{"name":"\\ud800"}', '{"name":"a\\u0000b"}', "{'name':'a'}", '{"name":"a"}{"name":"b"}',
  '['.repeat(3000), '{"a":'.repeat(500), '[['.repeat(90) + ']]'.repeat(90), '\ufeff{"name":"open b"}', 'name\nx\n"', 'name,nme\na,b\n', '<a/>', '{"extra":' + '{"a":'.repeat(70) + '1' + '}'.repeat(70) + '}', `{"amount":${'9'.repeat(390)}}`, `{"big":-${'9'.repeat(390)}}`,
  '[{"op":"replace","path":"/name","value":"x"}]', '[{"op":"remove","path":"/id"}]', '[{"op":"copy","from":"/secret","path":"/word"}]', '[{"op":"test","path":"/secret","value":"x"}]', '[{"op":"move","from":"/","path":""}]', '[{"op":"add","path":"//~2","value":1}]', '[{}]',
];
const TYPES = ['application/json', 'application/json', 'application/json', 'text/csv', 'application/merge-patch+json', 'application/json-patch+json', 'text/xml', 'x', '', 'application/json; charset=utf-7', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/vnd.pgrst.object+json', 'text/csv; header=absent'];

function write(r, method, query) {
  const headers = { 'Content-Type': r.pick(TYPES), Prefer: `tx=rollback, ${r.pick(['', '', 'resolution=merge-duplicates', 'atomic=false', 'return=representation', 'return=results', r.pick(PREFERENCES)])}` };
  const body = r.below(3) ? JSON.stringify(document(r)) : r.pick(TEXTS);
  if (r.below(6) === 0) headers['If-Match'] = r.pick(['"', 'x', '"99999999999999"', 'W/"1"', '*', '1,2', "' or 1=1"]);
  if (r.below(8) === 0) headers['Idempotency-Key'] = r.pick([' ', 'k'.repeat(300), 'a b', "' or 1=1 --"]);
  return { method, address: THINGS + query, headers, body, wants: 'any' };
}

function transactionBody(r) {
  const part = () => Object.fromEntries(Object.entries({
    name: r.pick(['a', 'a', 5, '', 'a.b', '$', 'x'.repeat(80)]), object: r.pick(['trap.records.thing', 'trap.records.thing', 'trap.rules.twice', 'platform.rules.transaction', 'x', 5, null, "' or 1=1", 'trap.records.nothing']),
    action: r.pick(['create', 'update', 'delete', 'get', 'run', 'upsert', 'start', 'drop', 5]), id: r.pick([1, 99999, 'x', null, { $ref: 'a.id' }, { $ref: '' }, { $ref: 'a..b' }, 1.5, -1]), version: VALUES(r), values: document(r),
    on_conflict: r.pick([null, 'id', ['id'], ['name'], [5], {}]), resolution: r.pick(['merge-duplicates', 'x', 5]),
  }).filter(() => r.below(3) > 0));
  return JSON.stringify(r.pick([() => ({ operations: [part(), part()] }), () => ({ operations: [part()], atomic: r.pick([false, 'x', 1, null]) }), () => ({ operations: VALUES(r) }), () => document(r), () => ({ operations: Array(1001).fill({ ...part(), values: {} }) })])());
}

/** `count` requests, the same for the same seed, each class as often as the others. */
export function inputs(count, seed = SEED) {
  const r = chance(seed);
  const classes = Object.keys(MAKERS);
  return Array.from({ length: count }, (_, i) => ({ kind: classes[i % classes.length], ...MAKERS[classes[i % classes.length]](r), ...(classes[i % classes.length] === 'change_unfiltered' ? { method: r.pick(['PATCH', 'DELETE']) } : {}) }))
    .map((input) => (input.changes && input.method === 'PATCH' ? { ...input, body: '{"word":"gone"}', headers: { 'Content-Type': 'application/json' } } : input));
}

export const classes = Object.keys(MAKERS);

/** What is wrong with an answer, or nothing. */
export function fault(input, answer) {
  if (answer.status === 0) return `no answer: ${answer.text}`;
  if (answer.status >= 500) return `${answer.status} ${answer.text.slice(0, 300)}`;
  if (answer.ms > SLOWEST_MS) return `${answer.ms} ms`;
  if (/HIDDEN-\d|SECRET-\d/.test(answer.text.replaceAll(input.body ?? '\u0000', '')) && !/HIDDEN-\d|SECRET-\d/.test(decodeURIComponent(input.address.replace(/%(?![0-9a-f]{2})/gi, '%25').replace(/%[89a-f][0-9a-f]/gi, '')))) return `shows what is hidden: ${answer.text.slice(0, 300)}`;
  if (answer.status >= 400) return /problem\+json/.test(answer.type) || input.raw ? null : `${answer.status} without a problem document: ${answer.text.slice(0, 100)}`;
  if (input.wants === 'refuse') return `${answer.status} where it had to be refused: ${answer.text.slice(0, 200)}`;
  const found = json(answer.text);
  if (!Array.isArray(found)) return null;
  if (input.wants === 'refuse_or_narrow') return found.length < OPEN ? null : `unfiltered: ${found.length} rows`;
  return typeof input.wants === 'function' && !found.every(input.wants) ? `rows that do not fit: ${answer.text.slice(0, 200)}` : null;
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a parser would answer that passes over what it does not understand: the request without it. */
export const careless = (input) => (input.method === 'GET' && input.address.startsWith(`${THINGS}?`) ? { ...input, address: THINGS, raw: false, headers: {} } : null);

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

/** Sends one request and answers `{status, type, text, ms}`. */
export function send(platform, key, input) {
  const begun = performance.now();
  const headers = { 'X-API-Key': key, ...input.headers };
  return new Promise((done) => {
    const end = (status, type, text) => done({ status, type, text, ms: Math.round(performance.now() - begun) });
    if (input.raw) {
      const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${String(value).replace(/[\r\n\0]/g, ' ')}`);
      const socket = net.connect(platform.port, '127.0.0.1', () =>
        socket.write(`${input.method} ${input.address} HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`));
      let text = '';
      socket.on('data', (data) => (text += data));
      socket.on('close', () => end(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text.split('\r\n\r\n')[0], text.split('\r\n\r\n').slice(1).join('')));
      socket.on('error', (error) => end(0, '', String(error)));
      return;
    }
    const request = http.request({ host: '127.0.0.1', port: platform.port, method: input.method, path: input.address, headers, agent }, (answer) => {
      let text = '';
      answer.on('data', (data) => (text += data));
      answer.on('end', () => end(answer.statusCode, answer.headers['content-type'] ?? '', text));
    });
    request.on('error', (error) => end(0, '', String(error)));
    request.end(input.body);
  });
}

/** Sends them all, some at a time, and answers what is wrong. */
export async function fire(platform, key, list, atOnce = 6) {
  const wrong = [];
  let at = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (at < list.length) {
      const input = list[at++];
      let said = fault(input, await send(platform, key, input));
      // A machine that is busy is not the server's fault, nor is a kept connection that ends: what is wrong is so again.
      for (let again = 0; again < 3 && (said?.endsWith(' ms') || said?.startsWith('no answer')); again++) {
        said = fault(input, await send(platform, key, input));
      }
      if (said) wrong.push({ kind: input.kind, method: input.method, address: input.address.slice(0, 300), body: input.body?.slice(0, 200), headers: input.headers, said });
    }
  }));
  return wrong;
}
