import type { NodeProps } from '../NodeProps';

/** A visible placeholder: the server is newer than this console. */
export function UnknownNode({ node }: NodeProps) {
  return (
    <div role="note" className="rounded-lg border border-dashed p-3 text-xs text-text-3">
      This console cannot show “{node.type}”. Reload the page; the server may be newer.
    </div>
  );
}
