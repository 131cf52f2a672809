/** What the gateway answers when it refuses: Kura's message or the detail of problem details. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

let xsrf = '';
const lost = new Set<() => void>();

/** Called when a request is answered with 401: the session has ended. */
export function onSessionLost(listener: () => void): () => void {
  lost.add(listener);
  return () => lost.delete(listener);
}

export function setXsrfToken(token: string): void {
  xsrf = token;
}

function words(status: number, text: string): string {
  try {
    const body = JSON.parse(text) as { detail?: string; message?: string; title?: string };
    return body.detail ?? body.message ?? body.title ?? `HTTP ${status}`;
  } catch {
    return text || `HTTP ${status}`;
  }
}

async function answer(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  headers.set('X-Requested-With', 'XMLHttpRequest'); // no login box of the browser's own
  if (xsrf) headers.set('X-XSRF-Token', xsrf);
  const response = await fetch(path, { ...init, headers, credentials: 'same-origin' });
  if (response.ok) return response;
  if (response.status === 401 && !path.includes('/session/')) for (const listener of lost) listener();
  throw new ApiError(response.status, words(response.status, await response.text()));
}

/** One request with JSON both ways; an empty answer is undefined. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'Content-Type': 'application/json' };
  }
  const text = await (await answer(path, init)).text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path);
export const post = <T>(path: string, body?: unknown): Promise<T> => call<T>('POST', path, body);
export const put = <T>(path: string, body?: unknown): Promise<T> => call<T>('PUT', path, body);
export const del = <T>(path: string, body?: unknown): Promise<T> => call<T>('DELETE', path, body);
