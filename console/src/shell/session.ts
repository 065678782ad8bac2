import { createContext, useContext } from 'react';
import type { Session } from '@/api/types/session';

export const SessionContext = createContext<Session | null>(null);

/** The session of whoever uses the console. Only below the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session outside the shell.');
  return session;
}

export const useIsAdmin = () => useSession().user.user_type === 'system_admin';
