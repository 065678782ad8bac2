import { useState } from 'react';
import { toggleTheme, useTheme } from '@/lib/theme';
import { Avatar, Button, Icon, Tip } from '@/ui';
import { useSession } from './session';
import { AccountDialog } from './account/AccountDialog';
import { useLogout } from './useLogout';

const userTypes = { system_admin: 'Administrator', service_account: 'Service account', basic: '' };

export function UserMenu() {
  const { user } = useSession();
  const theme = useTheme();
  const logout = useLogout();
  const [account, setAccount] = useState(false);
  const name = user.full_name || user.username;
  return (
    <div className="flex shrink-0 items-center gap-1 border-t px-3 py-2">
      <button
        type="button"
        onClick={() => setAccount(true)}
        className="flex min-w-0 flex-1 items-center gap-2 rounded-lg px-1.5 py-1 text-left hover:bg-fill-2/60"
      >
        <Avatar name={name} className="size-6" />
        <div className="min-w-0">
          <p className="truncate text-xs leading-4 font-medium">
            <span className="sr-only">Account of </span>
            {name}
          </p>
          <p className="truncate text-2xs leading-3.5 text-text-3">{userTypes[user.user_type] || user.username}</p>
        </div>
      </button>
      {account && <AccountDialog open onClose={() => setAccount(false)} />}
      <Tip label={theme === 'dark' ? 'Light theme' : 'Dark theme'}>
        <Button variant="ghost" icon size="sm" aria-label="Switch colour theme" onClick={toggleTheme}>
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </Button>
      </Tip>
      <Tip label="Log out">
        <Button variant="ghost" icon size="sm" aria-label="Log out" onClick={() => void logout()}>
          <Icon name="log-out" />
        </Button>
      </Tip>
    </div>
  );
}
