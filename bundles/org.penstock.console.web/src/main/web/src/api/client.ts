/** An attribute that the gateway refused. */
export interface Fault {
  attribute?: string;
  given?: string;
  allowed?: string;
}

/** What the gateway answers when it refuses: Kura's message or the detail of problem details. */
export class ApiError extends Error {
  readonly status: number;
  readonly faults: Fault[];

  constructor(status: number, message: string, faults: Fault[] = []) {
    super(message);
    this.status = status;
    this.faults = faults;
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

interface Refusal {
  detail?: string;
  message?: string;
  title?: string;
  errors?: Fault[];
  failures?: { id?: string; message?: string }[];
}

function refusal(status: number, text: string): ApiError {
  try {
    const body = JSON.parse(text) as Refusal;
    const failures = body.failures?.map((f) => f.message).join('; ');
    const words = failures || body.detail || body.message || body.title || `HTTP ${status}`;
    return new ApiError(status, words, body.errors ?? []);
  } catch {
    return new ApiError(status, text || `HTTP ${status}`);
  }
}

/** One request as it is; refusals throw but for those whose status the caller understands. */
export async function answerOf(path: string, init: RequestInit, understood: number[] = []): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has('Accept')) headers.set('Accept', 'application/json');
  headers.set('X-Requested-With', 'XMLHttpRequest'); // no login box of the browser's own
  if (xsrf) headers.set('X-XSRF-Token', xsrf);
  const response = await fetch(path, { ...init, headers, credentials: 'same-origin' });
  if (response.ok || understood.includes(response.status)) return response;
  if (response.status === 401 && !path.includes('/session/')) for (const listener of lost) listener();
  throw refusal(response.status, await response.text());
}

/** One request with JSON both ways; an empty answer is undefined. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'Content-Type': 'application/json' };
  }
  const text = await (await answerOf(path, init)).text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Sends a file as it is, and tells how many percent of it have gone; only XMLHttpRequest knows that. */
export function upload<T>(path: string, file: Blob, gone: (percent: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
    if (xsrf) request.setRequestHeader('X-XSRF-Token', xsrf);
    request.upload.onprogress = (e) => gone(e.total > 0 ? Math.round((100 * e.loaded) / e.total) : 0);
    request.onerror = () => reject(new ApiError(0, `${path}: no answer`));
    request.onload = () => {
      if (request.status < 300) return resolve(JSON.parse(request.responseText) as T);
      if (request.status === 401) for (const listener of lost) listener();
      reject(refusal(request.status, request.responseText));
    };
    request.send(file);
  });
}

/** A plain text. */
export const getText = async (path: string): Promise<string> =>
  (await answerOf(path, { headers: { Accept: 'text/plain' } })).text();

export const get = <T>(path: string): Promise<T> => call<T>('GET', path);
export const post = <T>(path: string, body?: unknown): Promise<T> => call<T>('POST', path, body);
export const put = <T>(path: string, body?: unknown): Promise<T> => call<T>('PUT', path, body);
export const del = <T>(path: string, body?: unknown): Promise<T> => call<T>('DELETE', path, body);
export const patch = <T>(path: string, body?: unknown): Promise<T> => call<T>('PATCH', path, body);

/** Lets the browser store a file. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
