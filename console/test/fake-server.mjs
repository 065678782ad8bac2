// A small server that speaks the console's wire, to drive the built console in a browser. Never shipped.
// Usage: node test/fake-server.mjs [port] [directory of the built console]
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { customers, employees, navigation, pages } from './fake-data.mjs';
import { list } from './fake-records.mjs';
import * as work from './fake-work.mjs';

const port = Number(process.argv[2] ?? 8080);
const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.resolve(process.argv[3] ?? path.join(here, '..', 'dist'));
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const CSRF = 'fake-csrf';
const people = {
  admin: {
    username: 'admin',
    full_name: 'Ada Admin',
    user_type: 'system_admin',
    groups: ['crm_admins'],
    preferred_language: 'en',
  },
  ben: { username: 'ben', full_name: 'Ben Basic', user_type: 'basic', groups: ['crm_users'], preferred_language: 'de' },
};
const resources = { customers, employees };
const embeds = {
  support_rep: (row, columns) => {
    const rep = employees.find((employee) => employee.id === row.support_rep_id);
    return rep && Object.fromEntries(columns.map((column) => [column, rep[column]]));
  },
};
const history = new Map();

class Refused extends Error {
  constructor(status, title, detail, extra = {}) {
    super(title);
    this.problem = { type: 'about:blank', status, title, detail, ...extra };
  }
}

const sessionOf = (user) => ({ user, csrf_token: CSRF, expires_at: new Date(Date.now() + 3600_000).toISOString() });
const cookieUser = (request) => people[/fake_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1]];

const open = {
  'POST /api/auth/login': ({ body }) => {
    if (body.username === 'locked')
      throw new Refused(429, 'Too many attempts', 'This account is locked for a while.', {
        remedy: 'Try again in 5 minutes.',
      });
    const user = people[body.username];
    if (!user || body.password !== 'secret')
      throw new Refused(401, 'Username or password is wrong', 'Nobody was logged in.');
    return {
      json: sessionOf(user),
      headers: { 'Set-Cookie': `fake_session=${user.username}; HttpOnly; Path=/; SameSite=Lax` },
    };
  },
  'POST /api/auth/logout': () => ({ status: 204, headers: { 'Set-Cookie': 'fake_session=; Path=/; Max-Age=0' } }),
};

const routes = [
  ['GET', /^\/api\/auth\/me$/, ({ user }) => ({ json: sessionOf(user) })],
  ['GET', /^\/api\/ui$/, ({ user }) => ({ json: { ...navigation, user } })],
  ['GET', /^\/api\/ui\/(\w+)\/(\w+)$/, (_, app, page) => found(pages[`${app}/${page}`])],
  ['GET', /^\/api\/crm\/v1\/(customers|employees)$/, ({ query }, name) => records(name, query)],
  ['POST', /^\/api\/crm\/v1\/customers$/, ({ body, user }) => create(body, user)],
  ['GET', /^\/api\/crm\/v1\/(customers|employees)\/(\d+)$/, (_, name, id) => one(name, id)],
  ['PATCH', /^\/api\/crm\/v1\/customers\/(\d+)$/, (call, id) => update(call, id)],
  ['DELETE', /^\/api\/crm\/v1\/customers\/(\d+)$/, (_, id) => remove(id)],
  ['GET', /^\/api\/crm\/v1\/customers\/(\d+)\/audit$/, (_, id) => ({ json: { items: historyOf(id), next: null } })],
  ['GET', /^\/api\/v1\/approvals$/, () => items(work.approvals.filter((approval) => approval.status === 'pending'))],
  ['POST', /^\/api\/v1\/approvals\/(\w+)$/, ({ body }, id) => decide(body, id)],
  ['GET', /^\/api\/v1\/processes$/, () => items(work.processes)],
  ['GET', /^\/api\/v1\/processes\/(\w+)$/, (_, id) => found(work.processes.find((one) => one.instance_id === id))],
  ['GET', /^\/api\/v1\/processes\/(\w+)\/steps$/, () => items(work.steps())],
  ['GET', /^\/api\/v1\/agents$/, () => items(work.agents)],
  ['GET', /^\/api\/admin\/objects$/, () => items(work.objects)],
  ['GET', /^\/api\/admin\/objects\/([\w.]+)$/, (_, ref) => found(work.objectDetail(ref))],
  ['GET', /^\/api\/admin\/objects\/([\w.]+)\/impact$/, (_, ref) => ({ json: work.impact(ref) })],
  ['GET', /^\/api\/admin\/audit$/, () => items(work.audit)],
  ['GET', /^\/api\/admin\/problems$/, () => items(process.env.FAKE_PROBLEMS ? work.problems : [])],
];

const items = (list) => ({ json: { items: list, next: null } });
const found = (json) => {
  if (!json) throw new Refused(404, 'Not found', 'There is nothing here that you may see.');
  return { json };
};

function records(name, query) {
  const { rows, range } = list(resources[name], query, embeds);
  return { json: rows, headers: { 'Content-Range': range } };
}

function one(name, id) {
  const row = found(resources[name].find((candidate) => candidate.id === Number(id))).json;
  return { json: row, headers: { ETag: `"${row.version}"` } };
}

function check(body) {
  const errors = [];
  if ('email' in body && !/@/.test(body.email ?? ''))
    errors.push({ path: '/email', code: 'email', message: 'This is not an email address' });
  const taken = customers.some((row) => row.email === body.email && row.id !== body.id);
  if (taken) errors.push({ path: '/email', code: 'unique', message: 'Another customer has this email' });
  if (errors.length) throw new Refused(422, 'The customer is not valid', 'One field has to be corrected.', { errors });
}

function create(body, user) {
  check(body);
  const now = new Date().toISOString();
  const row = { ...Object.fromEntries(Object.keys(customers[0]).map((key) => [key, null])), ...body };
  Object.assign(row, {
    id: customers.at(-1).id + 1,
    version: 1,
    created_at: now,
    created_by: user.username,
    updated_at: now,
    updated_by: user.username,
  });
  customers.push(row);
  remember(row.id, 'create', {}, body, user, 1);
  return { status: 201, json: [row] };
}

function update({ body, user, request }, id) {
  const row = one('customers', id).json;
  if (request.headers['if-match'] !== `"${row.version}"`) {
    throw new Refused(412, 'The record has changed', 'It was saved by someone else in the meantime.', {
      remedy: 'Load it again.',
    });
  }
  check({ ...body, id: row.id });
  remember(row.id, 'update', row, body, user, row.version + 1);
  Object.assign(row, body, {
    version: row.version + 1,
    updated_at: new Date().toISOString(),
    updated_by: user.username,
  });
  return { json: row, headers: { ETag: `"${row.version}"` } };
}

function remove(id) {
  const row = one('customers', id).json;
  customers.splice(customers.indexOf(row), 1);
  return { status: 204 };
}

function remember(id, operation, before, after, user, version) {
  const changes = Object.entries(after).map(([field, value]) => ({
    field_name: field,
    old_value: before[field] ?? null,
    new_value: value,
    operation,
    changed_by: user.username,
    changed_at: new Date().toISOString(),
    execution_id: `exec_${version}`,
    version,
  }));
  history.set(String(id), [...changes, ...historyOf(id)]);
}

const historyOf = (id) =>
  history.get(String(id)) ?? [
    {
      field_name: 'city',
      old_value: 'Berlin',
      new_value: 'Stuttgart',
      operation: 'update',
      changed_by: 'mira',
      changed_at: '2026-10-12T09:30:00Z',
      execution_id: 'e2',
      version: 2,
    },
    {
      field_name: 'last_name',
      old_value: null,
      new_value: 'Köhler',
      operation: 'create',
      changed_by: 'import',
      changed_at: '2026-10-01T08:00:00Z',
      execution_id: 'e1',
      version: 1,
    },
  ];

function decide(body, id) {
  const approval = found(work.approvals.find((candidate) => candidate.id === id)).json;
  if (approval.status !== 'pending') throw new Refused(409, 'Already decided', `It was ${approval.status}.`);
  Object.assign(approval, { status: body.decision === 'approve' ? 'approved' : 'rejected', note: body.note });
  return { json: approval };
}

function answerApi(request, url, body) {
  const direct = open[`${request.method} ${url.pathname}`];
  if (direct) return direct({ body });
  const user = cookieUser(request);
  if (!user) throw new Refused(401, 'Log in first', 'There is no session.');
  if (request.method !== 'GET' && request.headers['x-csrf-token'] !== CSRF)
    throw new Refused(403, 'The CSRF token is missing', '');
  for (const [method, pattern, handle] of routes) {
    const match = method === request.method && pattern.exec(decodeURIComponent(url.pathname));
    if (match) return handle({ body, user, request, query: url.searchParams }, ...match.slice(1));
  }
  throw new Refused(404, 'Not found', url.pathname);
}

function serveFile(url, response) {
  let file = path.join(dist, url.pathname);
  if (!file.startsWith(dist) || !fs.existsSync(file) || fs.statSync(file).isDirectory())
    file = path.join(dist, 'index.html');
  let content = fs.readFileSync(file);
  const headers = { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' };
  if (file.endsWith('index.html')) {
    const nonce = Math.random().toString(36).slice(2);
    content = content.toString().replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`);
    headers['Content-Security-Policy'] = `default-src 'self'; script-src 'self'; style-src 'self' 'nonce-${nonce}'`;
  }
  response.writeHead(200, headers).end(content);
}

async function handle(request, response) {
  const url = new URL(request.url, 'http://localhost');
  if (!url.pathname.startsWith('/api/')) return serveFile(url, response);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  try {
    const { status = 200, json, headers = {} } = answerApi(request, url, text ? JSON.parse(text) : {});
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(json === undefined ? '' : JSON.stringify(json));
  } catch (error) {
    const problem = error.problem ?? { status: 400, title: 'Bad request', detail: error.message };
    response.writeHead(problem.status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem));
  }
}

http
  .createServer((request, response) => void handle(request, response))
  .listen(port, '127.0.0.1', () => {
    console.log(`fake server on http://127.0.0.1:${port} (admin or ben, password: secret)`);
  });
