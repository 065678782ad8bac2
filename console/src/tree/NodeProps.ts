import type { ReactNode } from 'react';
import type { Node } from '@/api/types/ui';

/** What every component of the tree gets: its node, and its children already rendered. */
export interface NodeProps {
  node: Node;
  children?: ReactNode;
}
