import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Node } from '@/api/types/ui';
import { Renderer } from '@/tree/Renderer';
import { firstTable, tableSpecOf } from '@/tree/tableSpec';
import { isInternal, isOpenable } from '@/tree/props';
import { renderAt } from './support/render';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = (node: Node) => renderAt('/', <Renderer node={node} />);

describe('the tree', () => {
  it('renders nodes and their children', async () => {
    show({
      id: 'p',
      type: 'Page',
      children: [
        { id: 's', type: 'Stat', props: { label: 'Customers', value: 59, format: 'number' } },
        {
          id: 'c',
          type: 'Card',
          props: { title: 'Notes' },
          children: [{ id: 't', type: 'Text', props: { text: 'Hello' } }],
        },
      ],
    });
    expect(await screen.findByText('59')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Notes' })).toBeTruthy();
    expect(screen.getByText('Hello')).toBeTruthy();
  });

  it('formats money by its currency', async () => {
    show({ id: 's', type: 'Stat', props: { label: 'Revenue', value: '2328.60', format: 'money', currency: 'EUR' } });
    expect((await screen.findByText(/2,328\.60/)).textContent).toContain('€');
  });

  it.each(['Hologram', 'constructor', '__proto__'])('shows a placeholder for the unknown type %s', async (type) => {
    show({ id: 'x', type });
    expect((await screen.findByRole('note')).textContent).toContain(type);
  });

  it('ignores unknown props and props of the wrong kind', async () => {
    const child: Node = { id: 'c', type: 'Text', props: { text: 'still here', colour: 'red' } };
    show({ id: 't', type: 'Section', props: { title: { odd: true }, later: 1 }, children: [child] });
    expect(await screen.findByText('still here')).toBeTruthy();
    expect(screen.queryByRole('heading')).toBeNull();
  });

  it('shows text as text, never as markup', async () => {
    show({ id: 't', type: 'Text', props: { text: '<img src=x onerror=alert(1)>' } });
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
  });

  it('does not follow an address that is a script or another host', async () => {
    show({ id: 'b', type: 'Button', props: { label: 'Go', action: { kind: 'open', to: 'javascript:alert(1)' } } });
    expect((await screen.findByRole('button', { name: 'Go' })).hasAttribute('disabled')).toBe(true);
    expect(isInternal('//evil.example')).toBe(false);
    expect(isInternal('/\\evil.example')).toBe(false);
    expect(isOpenable('https://example.com')).toBe(true);
  });

  it('stops at a depth no page needs', async () => {
    let node: Node = { id: 'deep', type: 'Text', props: { text: 'bottom' } };
    for (let level = 0; level < 100; level++) node = { id: `n${level}`, type: 'Column', children: [node] };
    show(node);
    expect(await screen.findByRole('note')).toBeTruthy();
    expect(screen.queryByText('bottom')).toBeNull();
  });
});

describe('a table node', () => {
  it('fills in what the server left out', () => {
    const spec = tableSpecOf({ id: 't', type: 'DataTable', props: { src: '/c', columns: [] } });
    expect(spec).toMatchObject({ page_size: 25, can: { create: false, update: false, delete: false }, form: null });
  });

  it('needs a source', () => {
    expect(tableSpecOf({ id: 't', type: 'DataTable' })).toBeNull();
  });

  it('is found as the first of its page', () => {
    const table = (id: string): Node => ({ id, type: 'DataTable' });
    expect(firstTable({ id: 'p', type: 'Page', children: [{ id: 'c', type: 'Card' }, table('a'), table('b')] })).toBe(
      'a',
    );
  });
});
