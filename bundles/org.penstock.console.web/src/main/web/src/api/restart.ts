import { post } from './client';

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

/** The page and the login are there: at a start other things answer before them. */
async function serves(): Promise<boolean> {
  try {
    for (const path of ['/console/', '/services/session/v1/authenticationInfo']) {
      const answer = await fetch(path, { signal: AbortSignal.timeout(5000), cache: 'no-store' });
      if (!answer.ok) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Waits until the gateway has gone and come back. */
async function away(): Promise<void> {
  for (let i = 0; i < 60 && (await serves()); i++) await pause(250);
  for (let i = 0; i < 600 && !(await serves()); i++) await pause(500);
}

/** Restarts the gateway; when it is back the page begins anew. */
export async function restart(): Promise<void> {
  await post('/api/v1/restart', { confirm: true });
  void away().then(() => location.reload());
}
