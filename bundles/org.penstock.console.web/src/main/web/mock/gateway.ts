import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';

interface Named {
  pid?: string;
  asset?: string;
  name?: string;
}
type Json = Record<string, unknown>;

/** What a gateway with a Modbus device, a graph and a rule has answered once. */
const recorded = (): Record<string, Json> =>
  JSON.parse(readFileSync(new URL('./answers.json', import.meta.url), 'utf8')) as Record<string, Json>;

const session: Record<string, Json> = {
  'GET /services/session/v1/xsrfToken': { xsrfToken: 'recorded' },
  'GET /services/session/v1/currentIdentity': {
    name: 'recorded',
    passwordChangeNeeded: false,
    permissions: ['kura.admin'],
  },
  'POST /services/session/v1/login/password': { passwordChangeNeeded: false },
};

/** The recorded answer; of lists by pid only what was asked for. What changes something is accepted and forgotten. */
export function answer(method: string, url: string, body: string, answers = recorded()): Json | undefined {
  const { pathname, searchParams } = new URL(url, 'http://recorded');
  const found = { ...answers, ...session }[`${method} ${pathname}`];
  if (found === undefined) return method === 'GET' ? undefined : {};
  const asset = searchParams.get('asset');
  if (asset && Array.isArray(found['channels']))
    return { ...found, channels: (found['channels'] as Named[]).filter((c) => c.asset === asset) };
  if (Array.isArray(found['configs']) && body) {
    const { pids = [] } = JSON.parse(body) as { pids?: string[] };
    const configs = (found['configs'] as Named[]).filter((c) => pids.includes(c.pid ?? ''));
    return configs.length > 0 ? { ...found, configs } : found;
  }
  return found;
}

/** Values of the recorded channels, each second. */
function stream(response: ServerResponse): void {
  const channels = (recorded()['GET /api/v1/channels']?.['channels'] ?? []) as Named[];
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const timer = setInterval(() => {
    const at = new Date().toISOString();
    for (const asset of new Set(channels.map((c) => c.asset))) {
      const mine = channels.filter((c) => c.asset === asset);
      const sample = () => ({ value: Math.round(1000 * Math.random()), type: 'INTEGER', quality: 'GOOD', at });
      const batch = { asset, channels: Object.fromEntries(mine.map((c) => [c.name, sample()])) };
      response.write(`event: values\ndata: ${JSON.stringify(batch)}\n\n`);
    }
  }, 1000);
  response.on('close', () => clearInterval(timer));
}

function text(request: IncomingMessage): Promise<string> {
  return new Promise((resume) => {
    let all = '';
    request.on('data', (part: Buffer) => {
      all += part.toString();
    });
    request.on('end', () => resume(all));
  });
}

const serve: Connect.NextHandleFunction = (request, response, next) => {
  const url = request.url ?? '';
  if (!/^\/(api|services|health)\b/.test(url)) return next();
  if (url.startsWith('/api/v1/events')) return stream(response);
  void text(request).then((body) => {
    const found = answer(request.method ?? 'GET', url, body);
    response.writeHead(found === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(found ?? { detail: `${request.method} ${url} was not recorded` }));
  });
};

/** Stands in for a gateway in `npm start`. */
export const gateway: Plugin = {
  name: 'recorded-gateway',
  configureServer: (server) => {
    server.middlewares.use(serve);
  },
};
