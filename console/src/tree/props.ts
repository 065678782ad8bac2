import type { Node, NodeAction } from '@/api/types/ui';

/** Reads a prop of the wire without trusting it: what is not of the kind expected is absent. */
export const textProp = (node: Node, name: string): string | undefined => {
  const value = node.props?.[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
};

export function actionProp(node: Node): NodeAction | undefined {
  const action = node.props?.['action'] as Partial<NodeAction> | undefined;
  const known = action?.kind === 'navigate' || action?.kind === 'open';
  return known && typeof action.to === 'string' ? { kind: action.kind!, to: action.to } : undefined;
}

/** An address inside the console: never another host, never a script. */
export const isInternal = (to: string) => /^\/(?![/\\])/.test(to);

/** An address that may be opened in a new tab. */
export const isOpenable = (to: string) => isInternal(to) || /^https?:\/\//i.test(to);
