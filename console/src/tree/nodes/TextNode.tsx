import type { NodeProps } from '../NodeProps';
import { textProp } from '../props';

export function TextNode({ node }: NodeProps) {
  return <p className="max-w-prose whitespace-pre-line text-text-2">{textProp(node, 'text')}</p>;
}
