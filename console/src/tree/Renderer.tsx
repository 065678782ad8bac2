import { createContext, use, type FC } from 'react';
import type { Node } from '@/api/types/ui';
import { ButtonNode } from './nodes/ButtonNode';
import { CardNode } from './nodes/CardNode';
import { ColumnNode } from './nodes/ColumnNode';
import { DataTableNode } from './nodes/DataTableNode';
import { PageNode } from './nodes/PageNode';
import { RowNode } from './nodes/RowNode';
import { SectionNode } from './nodes/SectionNode';
import { StatNode } from './nodes/StatNode';
import { StatsNode } from './nodes/StatsNode';
import { TextNode } from './nodes/TextNode';
import { UnknownNode } from './nodes/UnknownNode';
import type { NodeProps } from './NodeProps';

const MAX_DEPTH = 40;

const registry: Record<string, FC<NodeProps>> = {
  Page: PageNode,
  Stats: StatsNode,
  Stat: StatNode,
  Text: TextNode,
  Section: SectionNode,
  Row: RowNode,
  Column: ColumnNode,
  Card: CardNode,
  Button: ButtonNode,
  DataTable: DataTableNode,
};

const DepthContext = createContext(0);

/** Turns a node of the wire into what is on the screen. Data only: nothing in it is ever run. */
export function Renderer({ node }: { node: Node }) {
  const depth = use(DepthContext);
  const known = Object.hasOwn(registry, node.type) && depth < MAX_DEPTH;
  const Component = known ? registry[node.type]! : UnknownNode;
  return (
    <DepthContext value={depth + 1}>
      <Component node={node}>
        {known && node.children?.map((child, index) => <Renderer key={child.id ?? index} node={child} />)}
      </Component>
    </DepthContext>
  );
}
