import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { explain } from '@/api/ApiError';
import { logout } from '@/api/session';
import { toast } from '@/ui';

/** Ends the session on the server, forgets what was read, and shows the login screen. */
export function useLogout() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return async () => {
    try {
      await logout();
    } catch (error) {
      toast('You are still logged in', { description: explain(error).title, bad: true });
      return;
    }
    await navigate({ to: '/login', search: { return: undefined }, ignoreBlocker: true });
    queryClient.clear();
  };
}
