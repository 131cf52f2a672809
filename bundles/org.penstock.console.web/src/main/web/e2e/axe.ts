import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violations {
  violations: { id: string; impact: string; nodes: { html: string; any: { message: string }[] }[] }[];
}

/** What axe finds on the page; evaluated over DevTools, where the page's policy does not hold. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const { violations } = (await page.evaluate(
    `axe.run(document, {runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations']})`,
  )) as Violations;
  return violations.map(
    (v) => `${v.id} x${v.nodes.length}: ${v.nodes[0]?.html.slice(0, 160)} | ${v.nodes[0]?.any[0]?.message ?? ''}`,
  );
}
