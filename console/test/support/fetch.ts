import { vi } from 'vitest';

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

interface Reply {
  status?: number;
  json?: unknown;
  headers?: Record<string, string>;
}

/** Answers every call of the console by a function, and keeps what was sent. */
export function answering(reply: (sent: Sent) => Reply): Sent[] {
  const all: Sent[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const sent: Sent = {
      method: init.method ?? 'GET',
      path,
      headers: init.headers as Record<string, string>,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    all.push(sent);
    const { status = 200, json, headers = {} } = reply(sent);
    return new Response(json === undefined ? null : JSON.stringify(json), { status, headers });
  });
  return all;
}
