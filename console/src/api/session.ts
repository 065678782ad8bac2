import { call } from './client';
import { credentials } from './credentials';
import { paths } from './paths';
import type { Session } from './types/session';

export async function login(username: string, password: string, code?: string): Promise<Session> {
  const options = { body: { username, password, ...(code ? { code } : {}) }, anonymous: true };
  return keep((await call<Session>('POST', paths.login, options)).body);
}

export async function currentSession(): Promise<Session> {
  return keep((await call<Session>('GET', paths.me, { anonymous: true })).body);
}

/** Changes the password; the server ends every session and begins a new one. */
export async function changePassword(old_password: string, new_password: string): Promise<Session> {
  return keep((await call<Session>('POST', paths.password, { body: { old_password, new_password } })).body);
}

export async function logout(): Promise<void> {
  await call('POST', paths.logout, { anonymous: true });
  credentials.csrfToken = undefined;
}

function keep(session: Session): Session {
  credentials.csrfToken = session.csrf_token;
  return session;
}
