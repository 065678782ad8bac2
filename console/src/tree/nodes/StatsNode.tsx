import type { NodeProps } from '../NodeProps';

export function StatsNode({ children }: NodeProps) {
  return <div className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fit,minmax(160px,1fr))]">{children}</div>;
}
