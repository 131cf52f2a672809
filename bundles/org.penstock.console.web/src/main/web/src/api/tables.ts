import { answerOf } from './client';

/** What is wrong with one cell; row 1 is the header. */
export interface TagProblem {
  row: number;
  column: string;
  value: string;
  problem: string;
}
/** What an import did, or would do. */
export interface TagReport {
  applied: boolean;
  rows: number;
  added: number;
  changed: number;
  removed: number;
  problems: TagProblem[];
}

const list = (assets: readonly string[]) => assets.map((a) => `&asset=${encodeURIComponent(a)}`).join('');

/** The channels of these assets as a table; of all when none is named. */
export async function exported(assets: readonly string[], format: 'csv' | 'xlsx' = 'csv'): Promise<Blob> {
  const headers = { Accept: 'application/octet-stream' };
  return (await answerOf(`/api/v1/tags/_export?format=${format}${list(assets)}`, { headers })).blob();
}

/** Takes a table in, or says what it would do; problems are an answer, not an error. */
export async function imported(
  table: Blob | string,
  options: { format?: 'csv' | 'xlsx'; dryRun?: boolean; replace?: boolean },
): Promise<TagReport> {
  const query = `format=${options.format ?? 'csv'}&dryRun=${options.dryRun ?? false}&replace=${options.replace ?? false}`;
  const response = await answerOf(
    `/api/v1/tags/_import?${query}`,
    { method: 'POST', body: table, headers: { 'Content-Type': 'application/octet-stream' } },
    [422],
  );
  return (await response.json()) as TagReport;
}

export interface Edit {
  op: 'patch' | 'put' | 'delete';
  asset: string;
  channel: string;
  properties?: Record<string, unknown>;
}
