import type { NodeProps } from '../NodeProps';

export function ColumnNode({ children }: NodeProps) {
  return <div className="flex min-w-0 flex-1 flex-col gap-3">{children}</div>;
}
