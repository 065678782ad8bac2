export interface ObjectSummary {
  ref: string;
  type: string;
  app: string;
  name: string;
  title?: string | null;
  file?: string | null;
}

/** The other end of a use: an object, an address or an agent. */
export interface Dependency {
  ref: string;
  type: string;
  access: string;
  /** Whether the sources say it. */
  stated: boolean;
  /** Whether a call showed it. */
  observed: boolean;
}

export interface ObjectChange {
  change_type: 'added' | 'modified' | 'removed';
  new_hash: string | null;
  changed_at: string;
  changed_by: string;
}

export interface ObjectDetail {
  ref: string;
  type: string;
  app: string;
  name: string;
  file: string | null;
  source: string | null;
  direct_dependencies: Dependency[];
  dependents: Dependency[];
  /** The circles it is part of, each by the objects in it. */
  cycles: string[][];
  last_modified: string | null;
  changes: ObjectChange[];
}

export interface Impact {
  ref: string;
  direct_dependents: string[];
  transitive_dependents: string[];
  total: number;
  breakdown: Record<string, number>;
  recommendation: string | null;
}

/** What the platform says about itself when asked in plain words. */
export interface PlatformAnswer {
  type: string;
  understood: { type: string; ref: string | null; window: string | null; note?: string };
  summary: string;
  data: Record<string, unknown>;
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
