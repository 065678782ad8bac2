import { decimal, money } from '@/lib/format';
import { Card } from '@/ui';
import type { NodeProps } from '../NodeProps';
import { textProp } from '../props';

export function StatNode({ node }: NodeProps) {
  return (
    <Card className="px-4 py-3">
      <dl>
        <dt className="truncate text-text-2">{textProp(node, 'label')}</dt>
        <dd className="mt-0.5 truncate text-2xl font-semibold tracking-[-0.02em] num">{valueOf(node)}</dd>
      </dl>
    </Card>
  );
}

function valueOf(node: NodeProps['node']): string {
  const value = node.props?.['value'];
  if (value === null || value === undefined) return '—';
  switch (textProp(node, 'format')) {
    case 'money':
      return money(value, textProp(node, 'currency'));
    case 'number':
      return decimal(value);
    default:
      return String(value);
  }
}
