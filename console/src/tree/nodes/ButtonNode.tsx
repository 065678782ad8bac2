import { useNavigate } from '@tanstack/react-router';
import { Button } from '@/ui';
import type { NodeProps } from '../NodeProps';
import { actionProp, isInternal, isOpenable, textProp } from '../props';

/** Goes to a page, or opens an address in a new tab. An address that is neither safe nor known disables it. */
export function ButtonNode({ node }: NodeProps) {
  const navigate = useNavigate();
  const action = actionProp(node);
  const allowed = action && (action.kind === 'navigate' ? isInternal(action.to) : isOpenable(action.to));
  const run = () => {
    if (!action || !allowed) return;
    if (action.kind === 'navigate') void navigate({ href: action.to });
    else window.open(action.to, '_blank', 'noopener,noreferrer');
  };
  return (
    <Button disabled={!allowed} onClick={run}>
      {textProp(node, 'label')}
    </Button>
  );
}
