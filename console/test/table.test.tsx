import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TableSpec } from '@/api/types/records';
import { DataTable } from '@/table/DataTable';
import { answering, type Sent } from './support/fetch';
import { renderAt } from './support/render';

const spec: TableSpec = {
  record: 'crm.records.customer',
  src: '/api/crm/v1/customers',
  singular: 'customer',
  plural: 'customers',
  columns: [
    { key: 'first_name', label: 'First name', kind: 'text', sortable: true },
    {
      key: 'support_rep',
      label: 'Support rep',
      kind: 'reference',
      sortable: false,
      reference: { name: 'crm.records.employee', src: '/api/crm/v1/employees', display: ['first_name', 'last_name'] },
    },
  ],
  search: ['first_name'],
  order: 'first_name.asc',
  page_size: 2,
  can: { create: true, update: true, delete: true },
  audit: true,
  display: ['first_name'],
  form: { fields: [{ name: 'first_name', label: 'First name', type: 'text', required: true }] },
};

const ana = { id: 1, version: 3, first_name: 'Ana', support_rep: { id: 5, first_name: 'Jane', last_name: 'Peacock' } };
const bob = { id: 2, version: 1, first_name: 'Bob', support_rep: null };

function server(patch: (sent: Sent) => { status?: number; json?: unknown } = () => ({ json: { ...ana, version: 4 } })) {
  return answering((sent) => {
    if (sent.method === 'PATCH') return patch(sent);
    if (sent.path.includes('/customers/1')) return { json: ana };
    return { json: [ana, bob], headers: { 'Content-Range': '0-1/5' } };
  });
}

const show = (address = '/crm/customers') => renderAt(address, <DataTable spec={spec} scope="" />);
const lists = (sent: Sent[]) =>
  sent.filter(({ path }) => path.includes('?')).map(({ path }) => new URL(path, 'http://x').searchParams);

async function edit() {
  show('/crm/customers?open=1');
  fireEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  const input = await screen.findByRole('textbox', { name: 'First name' });
  fireEvent.change(input, { target: { value: 'Anna' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the table', () => {
  it('shows the rows, a reference by its display columns, and where in the list they are', async () => {
    server();
    show();
    const row = await screen.findByRole('row', { name: /Ana/ });
    expect(within(row).getByText('Jane Peacock')).toBeTruthy();
    expect(screen.getByText('1–2 of 5')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Previous' }).hasAttribute('disabled')).toBe(true);
  });

  it('asks for the page, the order and the search that the address names', async () => {
    const sent = server();
    show('/crm/customers?q=an&sort=first_name.desc&page=2');
    await screen.findByRole('row', { name: /Ana/ });
    const params = lists(sent)[0]!;
    expect(params.get('offset')).toBe('2');
    expect(params.get('order')).toBe('first_name.desc');
    expect(params.get('or')).toBe('(first_name.ilike.*an*)');
  });

  it('puts a search into the address once the typing rests, and goes back to the first page', async () => {
    const sent = server();
    const { router } = show('/crm/customers?page=2');
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Search customers' }), { target: { value: 'bob' } });
    await waitFor(() => expect(router.state.location.search).toEqual({ q: 'bob' }));
    await waitFor(() => expect(lists(sent).at(-1)?.get('or')).toBe('(first_name.ilike.*bob*)'));
  });

  it('turns the order round at a click on the head', async () => {
    server();
    const { router } = show();
    fireEvent.click(await screen.findByRole('button', { name: 'First name' }));
    await waitFor(() => expect(router.state.location.search).toEqual({ sort: 'first_name.desc' }));
  });

  it('opens a record beside the list at a click on its row', async () => {
    server();
    const { router } = show();
    fireEvent.click((await screen.findAllByRole('cell', { name: 'Jane Peacock' }))[0]!);
    expect(await screen.findByRole('complementary', { name: 'Ana' })).toBeTruthy();
    expect(router.state.location.search).toEqual({ open: '1' });
  });

  it('shows what the server has against the list', async () => {
    answering(() => ({ status: 400, json: { title: 'Unknown column', detail: 'There is no column "x".' } }));
    show();
    expect((await screen.findByRole('alert')).textContent).toContain('There is no column "x".');
  });
});

describe('editing a record', () => {
  it('sends only what changed, with the version', async () => {
    const sent = server();
    await edit();
    await waitFor(() => expect(sent.some(({ method }) => method === 'PATCH')).toBe(true));
    const patch = sent.find(({ method }) => method === 'PATCH')!;
    expect(patch.body).toEqual({ first_name: 'Anna' });
    expect(patch.headers['If-Match']).toBe('"3"');
    expect(await screen.findByRole('button', { name: 'Edit' })).toBeTruthy();
  });

  it("shows the server's fault at its field", async () => {
    const errors = [{ path: '/first_name', code: 'unique', message: 'Another customer is called so' }];
    server(() => ({ status: 422, json: { title: 'Not valid', errors } }));
    await edit();
    const input = await screen.findByRole('textbox', { name: 'First name' });
    await waitFor(() => expect(input.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByRole('alert').textContent).toContain('Another customer is called so');
  });

  it('shows a conflict, and saves on top of the newer record when asked to', async () => {
    const versions: unknown[] = [];
    const theirs = { ...ana, version: 9, first_name: 'Anita', updated_by: 'mira' };
    answering((sent) => {
      if (sent.method === 'PATCH') {
        versions.push(sent.headers['If-Match']);
        return versions.length === 1 ? { status: 412, json: { title: 'Stale' } } : { json: { ...theirs, version: 10 } };
      }
      if (sent.path.includes('/customers/1')) return { json: versions.length ? theirs : ana };
      return { json: [ana], headers: { 'Content-Range': '0-0/1' } };
    });
    await edit();
    expect((await screen.findByRole('alert')).textContent).toContain('mira changed this customer');
    fireEvent.click(screen.getByRole('button', { name: 'Reload and keep my changes' }));
    expect((screen.getByRole('textbox', { name: 'First name' }) as HTMLInputElement).value).toBe('Anna');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(versions).toEqual(['"3"', '"9"']));
  });

  it('asks before changes are lost', async () => {
    server();
    show('/crm/customers?open=1');
    fireEvent.click(await screen.findByRole('button', { name: 'Edit' }));
    fireEvent.change(await screen.findByRole('textbox', { name: 'First name' }), { target: { value: 'Anna' } });
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(await screen.findByRole('dialog', { name: 'Discard your changes?' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Keep editing' }));
    const input: HTMLInputElement = await screen.findByRole('textbox', { name: 'First name' });
    expect(input.value).toBe('Anna');
  });
});
