import type { NodeProps } from '../NodeProps';

export function RowNode({ children }: NodeProps) {
  return <div className="flex min-w-0 flex-wrap items-center gap-3">{children}</div>;
}
