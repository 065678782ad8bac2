/** One fault of the request, addressed by JSON Pointer: `/email`, `/lines/2/qty`. */
export interface FieldFault {
  path: string;
  code: string;
  message: string;
}

/** A problem document (RFC 9457) as the server sends it; every part may be missing. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  remedy?: string;
  execution_id?: string;
  errors?: FieldFault[];
}

/** A refused or failed call. `status` is 0 when the server could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string | undefined;
  readonly executionId: string | undefined;
  readonly errors: FieldFault[];

  constructor(status: number, problem: Problem) {
    const title = problem.title ?? `The server answered ${status}`;
    super(problem.detail ?? title);
    this.name = 'ApiError';
    this.status = status;
    this.title = title;
    this.detail = problem.detail ?? '';
    this.remedy = problem.remedy;
    this.executionId = problem.execution_id;
    this.errors = problem.errors ?? [];
  }

  static unreachable(): ApiError {
    return new ApiError(0, {
      title: 'The server cannot be reached',
      detail: 'No answer came back.',
      remedy: 'Check the connection and try again.',
    });
  }
}

/** What to say about any failure, whatever was thrown. */
export function explain(error: unknown): { title: string; detail: string; executionId?: string | undefined } {
  if (error instanceof ApiError) {
    const detail = [error.detail, error.remedy].filter(Boolean).join(' ');
    return { title: error.title, detail, executionId: error.executionId };
  }
  return {
    title: 'Something went wrong in the console',
    detail: error instanceof Error ? error.message : String(error),
  };
}
