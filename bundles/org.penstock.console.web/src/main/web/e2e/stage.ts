import { type APIRequestContext, test as base, expect, type Page, request } from '@playwright/test';

const fact = (name: string): string => {
  const value = process.env[`PENSTOCK_${name}`];
  if (!value) throw new Error(`PENSTOCK_${name} is not set: these tests are run by distrib/acceptance's ConsoleTest`);
  return value;
};

/** What is on the stage. */
export const stage = {
  address: fact('ADDRESS'),
  code: fact('CODE'),
  password: fact('PASSWORD'),
  plant: fact('PLANT'),
  broker: fact('BROKER'),
  stick: fact('STICK'),
  door: fact('DOOR'),
  files: fact('FILES'),
  shots: fact('SHOTS'),
};

/** Kills or starts a process of the stage. */
export async function act(what: 'gateway/kill' | 'gateway/start' | 'broker/kill' | 'broker/start'): Promise<void> {
  const answer = await fetch(`${stage.door}/${what}`, { method: 'POST' });
  if (!answer.ok) throw new Error(`${what}: ${await answer.text()}`);
}

/** Commands the simulated ZigBee stick (distrib/simulator-zigbee), and gives what it answered. */
export async function stick(command: string): Promise<string> {
  const answer = await fetch(`${stage.door}/stick`, { method: 'POST', body: command });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

/** The REST interface beside the browser: what a page did is read back here. */
export class Rest {
  constructor(private readonly context: APIRequestContext) {}

  static async as(name: string, password: string): Promise<Rest> {
    const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
    return new Rest(
      await request.newContext({
        baseURL: stage.address,
        ignoreHTTPSErrors: true,
        extraHTTPHeaders: { Authorization: authorization },
      }),
    );
  }

  async call<T>(method: string, path: string, data?: unknown): Promise<T> {
    const answer = await this.context.fetch(path, { method, ...(data === undefined ? {} : { data }) });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  get = <T>(path: string): Promise<T> => this.call('GET', path);
  post = <T>(path: string, data?: unknown): Promise<T> => this.call('POST', path, data);

  /** Takes a table of channels in. */
  async table(csv: string): Promise<void> {
    const answer = await this.context.post('/api/v1/tags/_import', {
      data: csv,
      headers: { 'Content-Type': 'application/octet-stream' },
      timeout: 120_000,
    });
    if (!answer.ok()) throw new Error(`import: ${answer.status()} ${(await answer.text()).slice(0, 500)}`);
  }

  async property(pid: string, name: string): Promise<unknown> {
    const { configs } = await this.post<{ configs: { properties: Record<string, { value: unknown }> }[] }>(
      '/services/configuration/v2/configurableComponents/configurations/byPid',
      { pids: [pid] },
    );
    return configs[0]?.properties[name]?.value;
  }
}

/** Begins a session in the browser as the login page would, without its clicks. */
export async function enter(page: Page, name = 'admin', password = stage.password): Promise<void> {
  const login = () =>
    page.context().request.post('/services/session/v1/login/password', { data: { username: name, password } });
  const answer = await login().catch(login); // a certificate that was just taken in closes kept connections once
  if (!answer.ok()) throw new Error(`login of ${name}: ${answer.status()} ${await answer.text()}`);
}

interface Fixtures {
  /** The test breaks the policy itself. */
  provokes: boolean;
  rest: Rest;
  /** A page with a session of the administrator's. */
  admin: Page;
  watched: undefined;
}

/** Every test also fails when a page breaks the policy, throws, or asks any other origin. */
export const test = base.extend<Fixtures>({
  provokes: [false, { option: true }],
  watched: [
    async ({ context, page, provokes }, use) => {
      const found: string[] = [];
      context.on('request', (r) => {
        const here = r.url().startsWith(`${stage.address}/`) || /^(data|blob):/.test(r.url());
        if (!here) found.push(`request to ${r.url()}`);
      });
      context.on('requestfailed', (r) => {
        const why = r.failure()?.errorText;
        if (r.url().includes('/console/assets/') && why !== 'net::ERR_ABORTED') found.push(`${r.url()}: ${why}`);
      });
      context.on('response', (r) => {
        if (r.url().includes('/console/assets/') && r.status() >= 400) found.push(`${r.url()}: ${r.status()}`);
      });
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', (e) =>
          console.error(`policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`),
        );
      });
      page.on('pageerror', (e) => found.push(`error: ${e.message}`));
      page.on('console', (m) => {
        if (m.type() === 'error' && !m.text().startsWith('Failed to load resource')) found.push(m.text());
      });
      await use(undefined);
      if (!provokes) expect(found).toEqual([]);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  rest: async ({}, use) => use(await Rest.as('admin', stage.password)),
  admin: async ({ page }, use) => {
    await enter(page);
    await use(page);
  },
});

/** Waits for an answer over REST. */
export const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 60_000 });

export { expect };
