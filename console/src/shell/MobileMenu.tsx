import { Dialog } from '@base-ui/react/dialog';
import { backdropStyle } from '@/ui/Dialog';
import { Sidebar } from './Sidebar';

/** The sidebar as a drawer, on a phone. */
export function MobileMenu({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropStyle} />
        <Dialog.Popup
          aria-label="Menu"
          className="fixed inset-y-0 left-0 z-40 w-[272px] max-w-[85vw] bg-canvas shadow-pop transition-transform
            duration-150 ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
        >
          <Sidebar onNavigate={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
