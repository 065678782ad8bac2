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
