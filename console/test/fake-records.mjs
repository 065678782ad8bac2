// PostgREST's dialect over arrays: as much of it as the console speaks.

/** Splits at commas outside parentheses and quotes. */
function split(text) {
  const parts = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (quoted && char === '\\') {
      part += char + text[++index];
      continue;
    }
    if (char === '"') quoted = !quoted;
    if (!quoted && char === '(') depth++;
    if (!quoted && char === ')') depth--;
    if (!quoted && char === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += char;
    }
  }
  return [...parts, part];
}

function unquote(text) {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

function like(pattern) {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i');
}

function condition(or) {
  const tests = split(or.slice(1, -1)).map((part) => {
    const [, column, pattern] = /^(\w+)\.ilike\.(.*)$/s.exec(part) ?? [];
    if (!column) throw new Error(`cannot read ${part}`);
    const expression = like(unquote(pattern));
    return (row) => expression.test(String(row[column] ?? ''));
  });
  return (row) => tests.some((test) => test(row));
}

function project(row, select, embeds) {
  const shown = {};
  for (const part of split(select)) {
    const embed = /^(\w+)\((.*)\)$/.exec(part);
    if (embed) shown[embed[1]] = embeds[embed[1]]?.(row, embed[2].split(',')) ?? null;
    else if (part in row) shown[part] = row[part];
    else throw new Error(`no column ${part}`);
  }
  return shown;
}

/** Answers a list request: `{rows, range}`. Throws on what a real server would refuse. */
export function list(all, params, embeds) {
  let rows = params.get('or') ? all.filter(condition(params.get('or'))) : [...all];
  const [column, direction] = (params.get('order') ?? 'id.asc').split('.');
  const sign = direction === 'desc' ? -1 : 1;
  rows.sort((a, b) => sign * String(a[column] ?? '').localeCompare(String(b[column] ?? ''), 'en', { numeric: true }));
  const total = rows.length;
  const offset = Number(params.get('offset') ?? 0);
  rows = rows.slice(offset, offset + Number(params.get('limit') ?? 100));
  const select = params.get('select');
  return {
    rows: select ? rows.map((row) => project(row, select, embeds)) : rows,
    range: `${rows.length ? `${offset}-${offset + rows.length - 1}` : '*'}/${total}`,
  };
}
