import { use, useMemo } from 'react';
import { DataTable } from '@/table/DataTable';
import type { NodeProps } from '../NodeProps';
import { FirstTableContext } from '../scope';
import { tableSpecOf } from '../tableSpec';
import { UnknownNode } from './UnknownNode';

export function DataTableNode({ node }: NodeProps) {
  const first = use(FirstTableContext);
  const spec = useMemo(() => tableSpecOf(node), [node]);
  if (!spec) return <UnknownNode node={node} />;
  return <DataTable spec={spec} scope={first === undefined || first === node.id ? '' : node.id} />;
}
