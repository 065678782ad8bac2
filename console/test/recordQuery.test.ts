import { describe, expect, it } from 'vitest';
import { listPath, quote, searchCondition, selectOf, totalOf } from '@/api/recordQuery';
import type { Column } from '@/api/types/records';

const paramsOf = (path: string) => new URL(path, 'http://x').searchParams;
const query = {
  select: ['id', 'version'],
  search: ['first_name', 'email'],
  q: '',
  order: 'last_name.asc',
  limit: 25,
  offset: 50,
};

describe('a list address', () => {
  it('carries what to select, the order, and the page', () => {
    expect(listPath('/api/crm/v1/customers', query)).toBe(
      '/api/crm/v1/customers?select=id,version&order=last_name.asc&limit=25&offset=50',
    );
  });

  it('searches every search column for the text', () => {
    const params = paramsOf(listPath('/c', { ...query, q: ' ana ' }));
    expect(params.get('or')).toBe('(first_name.ilike.*ana*,email.ilike.*ana*)');
  });

  it('has no condition when there is nothing to search for or in', () => {
    expect(searchCondition(['a'], '  ')).toBeUndefined();
    expect(searchCondition([], 'ana')).toBeUndefined();
  });

  it('leaves the order out when there is none', () => {
    expect(listPath('/c', { ...query, order: undefined })).not.toContain('order');
  });

  it('keeps characters of an address from changing the query', () => {
    const params = paramsOf(listPath('/c', { ...query, q: 'a&limit=9#%+b' }));
    expect(params.get('or')).toBe('(first_name.ilike.*a&limit=9#%+b*,email.ilike.*a&limit=9#%+b*)');
    expect(params.getAll('limit')).toEqual(['25']);
  });
});

describe('a value in a condition', () => {
  it.each([
    ['*ana*', '*ana*'],
    ['*a,b*', '"*a,b*"'],
    ['*(a)*', '"*(a)*"'],
    ['*ana@x.com*', '"*ana@x.com*"'],
    ['*a b*', '"*a b*"'],
    ['*say "hi"*', '"*say \\"hi\\"*"'],
    ['*a\\b*', '"*a\\\\b*"'],
  ])('%s is written %s', (value, written) => {
    expect(quote(value)).toBe(written);
  });

  it('cannot add a condition of its own', () => {
    expect(searchCondition(['name'], 'x*,id.gt.0')).toBe('(name.ilike."*x*,id.gt.0*")');
  });
});

describe('the selection of a table', () => {
  const text: Column = { key: 'first_name', label: 'First name', kind: 'text', sortable: true };
  const reference: Column = {
    key: 'support_rep',
    label: 'Support rep',
    kind: 'reference',
    sortable: false,
    reference: { name: 'crm.records.employee', src: '/e', display: ['first_name', 'last_name'] },
  };

  it('holds id, version, the columns and the display columns once each, and embeds references', () => {
    expect(selectOf([text, reference], ['first_name', 'last_name'])).toEqual([
      'id',
      'version',
      'first_name',
      'support_rep(id,first_name,last_name)',
      'last_name',
    ]);
  });
});

describe('the total of a Content-Range', () => {
  it.each([
    ['0-24/59', 59],
    ['*/0', 0],
    ['0-24/*', null],
    [null, null],
  ])('%s is %s', (header, total) => {
    expect(totalOf(header)).toBe(total);
  });
});
