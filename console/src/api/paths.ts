const part = encodeURIComponent;

/** Every address of the server the console calls, in one place. Record resources bring their own `src`. */
export const paths = {
  login: '/api/auth/login',
  logout: '/api/auth/logout',
  me: '/api/auth/me',
  navigation: '/api/ui',
  page: (app: string, page: string) => `/api/ui/${part(app)}/${part(page)}`,
  record: (src: string, id: string) => `${src}/${part(id)}`,
  recordAudit: (src: string, id: string) => `${src}/${part(id)}/audit`,
  approvals: (status: string) => `/api/v1/approvals?status=${part(status)}`,
  approval: (id: string) => `/api/v1/approvals/${part(id)}`,
  processes: (limit: number) => `/api/v1/processes?limit=${limit}`,
  process: (id: string) => `/api/v1/processes/${part(id)}`,
  processSteps: (id: string) => `/api/v1/processes/${part(id)}/steps`,
  agents: '/api/v1/agents',
  objects: '/api/admin/objects',
  object: (ref: string) => `/api/admin/objects/${part(ref)}`,
  objectImpact: (ref: string) => `/api/admin/objects/${part(ref)}/impact`,
  audit: (limit: number) => `/api/admin/audit?limit=${limit}`,
  problems: '/api/admin/problems',
  ask: '/api/v1/ask',
};
