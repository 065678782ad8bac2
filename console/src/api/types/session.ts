export interface User {
  username: string;
  full_name: string;
  user_type: 'basic' | 'system_admin' | 'service_account';
  groups: string[];
  preferred_language: string | null;
}

export interface Session {
  user: User;
  csrf_token: string;
  expires_at: string;
}

/** One of the caller's own sessions or tokens. */
export interface OwnSession {
  id: string;
  kind: 'session' | 'token';
  created_at: string;
  last_seen: string;
  ip: string;
  agent: string;
  current: boolean;
}

export interface SecondFactor {
  enabled: boolean;
  recovery_codes_left: number;
}

export interface Enrolment {
  secret: string;
  otpauth_uri: string;
}

/** Who else may vouch for a person. */
export interface Provider {
  name: string;
  label: string;
}
