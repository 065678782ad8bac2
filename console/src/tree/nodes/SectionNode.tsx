import { useId } from 'react';
import type { NodeProps } from '../NodeProps';
import { textProp } from '../props';

export function SectionNode({ node, children }: NodeProps) {
  const id = useId();
  const title = textProp(node, 'title');
  return (
    <section aria-labelledby={title && id} className="flex min-w-0 flex-col gap-3">
      {title && (
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
      )}
      {children}
    </section>
  );
}
