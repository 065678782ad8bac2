import type { ReactNode } from 'react';
import { Dialog as Base } from '@base-ui/react/dialog';

export const backdropStyle =
  'fixed inset-0 z-40 bg-[oklch(0.2_0.02_265/.28)] transition-opacity duration-150 ' +
  'data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-black/55';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer: ReactNode;
}

/** A question in the middle of the screen: title, body, and the answers as buttons. */
export function Dialog({ open, onClose, title, description, children, footer }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-4">
          <Base.Popup
            className="w-full max-w-[440px] rounded-2xl bg-raised shadow-pop transition duration-150 ease-out
              data-ending-style:scale-[.98] data-ending-style:opacity-0
              data-starting-style:scale-[.98] data-starting-style:opacity-0"
          >
            <div className="space-y-3 px-5 pt-5 pb-4">
              <Base.Title className="text-lg font-semibold tracking-tight">{title}</Base.Title>
              {description && <Base.Description className="text-text-2">{description}</Base.Description>}
              {children}
            </div>
            <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
