import { ApiError, type Problem } from './ApiError';
import { credentials } from './credentials';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** A 401 is an expected answer here and does not lead to the login screen. */
  anonymous?: boolean;
}

export interface Answer<T> {
  body: T;
  headers: Headers;
}

/** The path under which the server publishes the console, without a trailing slash; usually empty. */
export const contextPath = new URL(document.baseURI).pathname.replace(/\/$/, '');

/** Calls the server and returns the body with the headers. Throws `ApiError`, and nothing else but an abort. */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<Answer<T>> {
  const response = await send(method, path, options);
  const body = await read(response);
  if (response.ok) {
    return { body: body as T, headers: response.headers };
  }
  if (response.status === 401 && !options.anonymous) {
    credentials.lost();
  }
  throw new ApiError(response.status, isProblem(body) ? body : {});
}

async function send(method: Method, path: string, options: CallOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (method !== 'GET' && credentials.csrfToken) {
    headers['X-CSRF-Token'] = credentials.csrfToken;
  }
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: options.signal ?? null };
  if (options.body !== undefined) {
    init.body = JSON.stringify(options.body);
  }
  try {
    return await fetch(contextPath + path, init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw ApiError.unreachable();
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    if (!response.ok) return undefined;
    throw new ApiError(response.status, {
      title: 'The answer could not be read',
      detail: 'The server sent something other than JSON.',
    });
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
