import { Card, CardHeader } from '@/ui';
import type { NodeProps } from '../NodeProps';
import { textProp } from '../props';

export function CardNode({ node, children }: NodeProps) {
  const title = textProp(node, 'title');
  return (
    <Card className="flex flex-col">
      {title && <CardHeader title={title} />}
      <div className="flex flex-col gap-3 p-4">{children}</div>
    </Card>
  );
}
