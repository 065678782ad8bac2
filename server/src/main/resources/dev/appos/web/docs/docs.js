// Shows an OpenAPI document of this server. Everything is put in as text; nothing comes from elsewhere.
const $ = (id) => document.getElementById(id);

function element(tag, text = '', ...children) {
  const made = document.createElement(tag);
  made.append(text, ...children);
  return made;
}

async function load(address) {
  const key = $('key').value;
  const answer = await fetch(address, { headers: key ? { 'X-API-Key': key } : {} });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${body.detail} ${body.remedy ?? ''}`);
  return body;
}

const resolve = (doc, part) =>
  part?.$ref ? part.$ref.slice(2).split('/').reduce((at, name) => at[name], doc) : part;

/** A schema with what it refers to, as deep as it goes without coming back to itself. */
function expanded(doc, part, within = []) {
  if (part === null || typeof part !== 'object') return part;
  if (Array.isArray(part)) return part.map((each) => expanded(doc, each, within));
  if (part.$ref) {
    return within.includes(part.$ref) ? part : expanded(doc, resolve(doc, part), [...within, part.$ref]);
  }
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, expanded(doc, value, within)]));
}

function contents(doc, title, content) {
  return Object.entries(content ?? {}).map(([type, { schema }]) =>
    element('div', '', element('p', `${title} `, element('code', type)),
      element('pre', JSON.stringify(expanded(doc, schema ?? {}), null, 2))));
}

function parameters(doc, listed) {
  const table = element('table');
  for (const each of listed.map((part) => resolve(doc, part))) {
    table.append(element('tr', '',
      element('td', '', element('code', each.name), each.required ? ' *' : ''),
      element('td', each.in),
      element('td', [each.schema?.type].flat().join(' or ')),
      element('td', each.description ?? '')));
  }
  return table;
}

function operation(doc, path, method, said) {
  const details = element('details', '', element('summary', '',
    element('b', method.toUpperCase()), element('code', path), ` ${said.summary ?? ''}`));
  details.addEventListener('toggle', () => {
    if (details.childElementCount > 1) return;
    if (said.parameters?.length) details.append(parameters(doc, said.parameters));
    details.append(...contents(doc, 'Send', said.requestBody?.content));
    for (const [status, listed] of Object.entries(said.responses ?? {})) {
      const response = resolve(doc, listed);
      details.append(element('p', '', element('b', status), ` ${response.description}`));
      if (status < '300') details.append(...contents(doc, 'Answer', response.content));
    }
  });
  return details;
}

function show(doc) {
  const wanted = $('find').value.toLowerCase();
  const groups = new Map();
  for (const [path, methods] of Object.entries(doc.paths)) {
    for (const [method, said] of Object.entries(methods)) {
      if (!`${method} ${path} ${said.summary}`.toLowerCase().includes(wanted)) continue;
      const tag = said.tags?.[0] ?? path.split('/').slice(0, 4).join('/');
      groups.set(tag, [...(groups.get(tag) ?? []), operation(doc, path, method, said)]);
    }
  }
  document.title = `${doc.info.title}: addresses`;
  $('shown').replaceChildren(element('h2', `${doc.info.title} ${doc.info.version}`),
    element('p', doc.info.description ?? ''));
  for (const [tag, operations] of groups) $('shown').append(element('h2', tag), ...operations);
}

async function choose() {
  const app = $('app').value.trim();
  const address = app && app !== 'platform' ? `/api/${encodeURIComponent(app)}/openapi.json` : '/api/openapi.json';
  $('raw').href = address;
  history.replaceState(null, '', app ? `#${encodeURIComponent(app)}` : location.pathname);
  try {
    const doc = await load(address);
    if (doc['x-apps']) $('apps').replaceChildren(...doc['x-apps'].map((name) => new Option(name, name)));
    show(doc);
  } catch (problem) {
    const said = element('p', problem.message);
    said.className = 'problem';
    $('shown').replaceChildren(said);
  }
}

$('choose').addEventListener('submit', (event) => {
  event.preventDefault();
  choose();
});
$('app').value = decodeURIComponent(location.hash.slice(1));
choose();
