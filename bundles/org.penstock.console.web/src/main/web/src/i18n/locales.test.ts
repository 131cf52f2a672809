import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import de from './locales/de.json';
import en from './locales/en.json';
import it_ from './locales/it.json';

/** Each text by its path. */
function texts(tree: object, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree))
    if (typeof value === 'string') all.set(path + key, value);
    else for (const [deeper, text] of texts(value as object, `${path}${key}.`)) all.set(deeper, text);
  return all;
}
const places = (text: string | undefined) => [...(text ?? '').matchAll(/{{(\w+)/g)].map((m) => m[1]).sort();
const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });

/** Without it a page could show English words, or a key, to who reads German or Italian. */
describe('the texts', () => {
  const english = texts(en);
  for (const [name, other] of Object.entries({ de, it: it_ }))
    it(`of ${name} are those of English, each with the same places to fill`, () => {
      const theirs = texts(other);
      expect([...theirs.keys()].sort()).toEqual([...english.keys()].sort());
      const wrong = [...english].filter(([key, text]) => `${places(text)}` !== `${places(theirs.get(key))}`);
      expect(wrong).toEqual([]);
    });

  it('are there for each key that a page names', () => {
    const named = sources('src').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bt\('([\w.]+)'/g)].map((m) => m[1] ?? ''),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((key) => !english.has(key))).toEqual([]);
  });
});
