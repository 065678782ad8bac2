export interface ObjectSummary {
  ref: string;
  type: string;
  app: string;
  name: string;
  title?: string | null;
  file?: string | null;
}

export interface Dependency {
  ref: string;
  access: string;
}

export interface ObjectDetail {
  ref: string;
  type: string;
  app: string;
  name: string;
  file: string | null;
  source: string | null;
  uses: Dependency[];
  used_by: Dependency[];
}

export interface Impact {
  ref: string;
  direct: (string | Dependency)[];
  transitive: (string | Dependency)[];
  total: number;
  by_type: Record<string, number | unknown[]>;
  recommendation: string | null;
}

export type Verdict = 'allow' | 'deny' | 'ask' | 'audit' | 'transform';

export interface AuditEntry {
  at: string;
  execution_id: string | null;
  principal: string;
  on_behalf_of?: string | null;
  object_ref: string | null;
  action: string;
  verdict: Verdict;
  rule: string | null;
  policy?: string | null;
  reason?: string | null;
}

export interface Agent {
  name: string;
  description: string | null;
  type: string;
  status: string;
  runs_as: string | null;
  policies: string[];
  /** What it may call; null is everything its account may. */
  skills: string[] | null;
  budget: { amount: number | string; unit: string; per: string; spent: number | string } | null;
}

/** A fault the compiler found in an app's source. */
export interface CompileFault {
  file: string;
  line: number;
  column: number;
  message: string;
  remedy: string | null;
}
