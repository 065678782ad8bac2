import { use, useEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useKeyDown, isInPopup, isTyping } from '@/lib/keys';
import { Button, Icon } from '@/ui';
import { DrawerSlotContext } from './slot';

interface DrawerFrameProps {
  /** The name of the record: the region is called by it. */
  name: string;
  subtitle: string;
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A region over the right side of the page; over all of it on a phone. Escape closes it. */
export function DrawerFrame({ name, subtitle, actions, onClose, children }: DrawerFrameProps) {
  const slot = use(DrawerSlotContext);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useKeyDown((event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !isInPopup(event) && !isTyping(event)) onClose();
  });

  const content = (
    <aside
      aria-label={name}
      className="absolute inset-0 z-30 flex flex-col border-l bg-surface sm:left-auto sm:w-[480px]
        sm:shadow-[-16px_0_32px_-20px_oklch(0.2_0.02_265/.28)] sm:dark:shadow-[-16px_0_32px_-12px_oklch(0_0_0/.7)]"
    >
      <header className="flex items-start gap-2 px-5 pt-4 pb-3">
        <div className="min-w-0 flex-1">
          <h2 ref={heading} tabIndex={-1} className="truncate text-lg font-semibold tracking-tight outline-none">
            {name}
          </h2>
          <p className="text-xs text-text-3 num">{subtitle}</p>
        </div>
        {actions}
        <Button variant="ghost" icon aria-label="Close" onClick={onClose}>
          <Icon name="x" />
        </Button>
      </header>
      {children}
    </aside>
  );
  return slot ? createPortal(content, slot) : content;
}
