/** A page of one of the platform's own lists. */
export interface Items<T> {
  items: T[];
  next?: string | null;
}

export interface Approval {
  id: string;
  kind: 'process' | 'agent' | 'task';
  title: string;
  status: string;
  requested_by: string;
  object_ref: string;
  digest: string;
  arguments?: Record<string, unknown> | null;
  policy?: string | null;
  rule?: string | null;
  created_at: string;
  due_at: string | null;
  decided_by?: string | null;
  decided_at?: string | null;
  note?: string | null;
  /** Whose members may answer, where the question names a group. */
  group?: string | null;
  /** Whether the person who looks may answer it. */
  may_answer: boolean;
  /** What can be chosen, where the question is a task with choices. */
  choices?: string[];
  /** What is to be filled in, where it is a task with a form. */
  form?: { fields: FormField[] } | null;
}

export interface FormField {
  name: string;
  type: string;
  required: boolean;
  choices?: string[];
}

/** `approve`, `reject`, or one of the choices of a task. */
export type Decision = string;

export type ProcessStatus = 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled';

export interface ProcessSummary {
  instance_id: string;
  process: string;
  status: ProcessStatus;
  display_name: string | null;
  current_step: string | null;
  started_at: string;
  completed_at: string | null;
  started_by: string | null;
}

export interface ProcessInstance extends ProcessSummary {
  variables: Record<string, unknown> | null;
  outputs: Record<string, unknown> | null;
  error: unknown;
  triggered_by: string | null;
}

export type StepStatus = 'done' | 'failed' | 'waiting' | 'running';

export interface Step {
  path: string;
  name: string;
  status: StepStatus;
  attempt: number;
  started_at: string;
  completed_at: string | null;
  duration_ms: number | null;
  inputs?: unknown;
  outputs?: unknown;
  error?: unknown;
}
