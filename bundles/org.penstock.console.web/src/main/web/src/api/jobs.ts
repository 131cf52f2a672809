import { useCallback, useState } from 'react';
import { ApiError, del, get, post } from './client';

/** Long work in the gateway. */
export interface Job {
  id: string;
  kind: string;
  owner: string;
  state: string;
  percent: number;
  step: string;
  began: string;
  ended?: string;
  result?: unknown;
}
const root = '/api/v1/jobs';

export const jobs = async (): Promise<Job[]> => (await get<{ jobs: Job[] }>(root)).jobs;
export const jobKinds = async (): Promise<string[]> =>
  (await get<{ kinds: { name: string }[] }>(`${root}/kinds`)).kinds.map((k) => k.name);
export const cancelJob = (id: string) => del<unknown>(`${root}/${encodeURIComponent(id)}`);

const pause = () => new Promise((resume) => setTimeout(resume, 250));

const patience = 20;

/** What a job works on may have been made just now: a refusal is tried again for a while. */
async function begin(kind: string, args: Record<string, string>): Promise<Job> {
  for (let left = patience; ; left--) {
    try {
      return await post<Job>(root, { kind, arguments: args });
    } catch (e) {
      if (!(e instanceof ApiError) || e.status !== 400 || !/must be one of/.test(e.message) || left === 0) throw e;
      await pause();
    }
  }
}

/** A job failed: its words, and what it found until then. */
export class JobError extends Error {
  constructor(readonly job: Job) {
    super(job.step || job.state);
  }
}

/** Starts a job and waits for its end; each look is told. Rejects with a {@link JobError} when it fails. */
export async function runJob(kind: string, args: Record<string, string>, look: (job: Job) => void): Promise<Job> {
  let job = await begin(kind, args);
  look(job);
  while (!job.ended) {
    await pause();
    job = await get<Job>(`${root}/${encodeURIComponent(job.id)}`);
    look(job);
  }
  if (job.state === 'FAILED') throw new JobError(job);
  return job;
}

/** One job at a time with what is to be shown of it. */
export function useJob() {
  const [job, setJob] = useState<Job>();
  const run = useCallback(
    (kind: string, args: Record<string, string>) =>
      runJob(kind, args, setJob).finally(() => setJob((j) => (j?.ended ? undefined : j))),
    [],
  );
  return { job, run };
}
