import type { ReactElement, ReactNode } from 'react';
import { Tooltip } from '@base-ui/react/tooltip';

interface TipProps {
  label: ReactNode;
  kbd?: string;
  side?: 'top' | 'bottom' | 'right';
  children: ReactElement<Record<string, unknown>>;
}

export function Tip({ label, kbd, side = 'top', children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} side={side} className="z-50">
          <Tooltip.Popup className="flex items-center gap-2 rounded-md bg-text px-2 py-1 text-xs text-surface">
            {label}
            {kbd && <span className="opacity-60">{kbd}</span>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
