import type { NodeProps } from '../NodeProps';

/** The page's frame. Its title stands in the bar above. */
export function PageNode({ children }: NodeProps) {
  return <div className="mx-auto flex min-h-full w-full max-w-[1440px] flex-col gap-4 p-3 sm:p-4">{children}</div>;
}
