import { Button, Dialog } from '@/ui';
import { PasswordPart } from './PasswordPart';
import { SecondFactorPart } from './SecondFactorPart';
import { SessionsPart } from './SessionsPart';

/** One's own account: password, second factor, sessions. */
export function AccountDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Your account" footer={<Button onClick={onClose}>Close</Button>}>
      <div className="divide-y [&>section]:py-4">
        <PasswordPart />
        <SecondFactorPart />
        <SessionsPart />
      </div>
    </Dialog>
  );
}
