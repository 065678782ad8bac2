import type { ReactNode } from 'react';
import { Icon } from './Icon';

interface EmptyStateProps {
  icon: string;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Says what belongs here, and the first step when there is one. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid place-items-center px-6 py-12 text-center">
      <div className="max-w-sm">
        <span className="mx-auto mb-3 grid size-10 place-items-center rounded-xl border bg-canvas text-text-3">
          <Icon name={icon} className="size-[18px]" />
        </span>
        <p className="text-base font-semibold">{title}</p>
        {children && <div className="mt-1 text-text-3">{children}</div>}
        {action && <div className="mt-4 flex justify-center gap-2">{action}</div>}
      </div>
    </div>
  );
}
