/** One codec of the configuration's text, with the tests that stand beside it. */
export interface Codec {
  name: string;
  kind: 'fields' | 'javascript';
  source: string;
  tests: string;
}

const head = /^==\s*(\S+)\s+(fields|javascript|tests)\s*$/;

/** The sections of the configuration's text, those of one name together. */
export function codecsOf(text: string): Codec[] {
  const all = new Map<string, Codec>();
  let into: ((line: string) => void) | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, name, what] = head.exec(line) ?? [];
    if (!name || !what) {
      into?.(line);
      continue;
    }
    const codec = all.get(name) ?? { name, kind: 'fields', source: '', tests: '' };
    all.set(name, codec);
    if (what === 'tests')
      into = (more) => {
        codec.tests += `${more}\n`;
      };
    else {
      codec.kind = what as Codec['kind'];
      into = (more) => {
        codec.source += `${more}\n`;
      };
    }
  }
  return [...all.values()].map((c) => ({ ...c, source: c.source.trimEnd(), tests: c.tests.trimEnd() }));
}

const section = (name: string, what: string, body: string) => `== ${name} ${what}\n${body.trimEnd()}\n`;

/** The text of these codecs, as the configuration has it. */
export const textOf = (codecs: readonly Codec[]): string =>
  codecs
    .map((c) => section(c.name, c.kind, c.source) + (c.tests.trim() ? section(c.name, 'tests', c.tests) : ''))
    .join('');

/** The codecs with one in the place of that with its name, or added. */
export const withCodec = (codecs: readonly Codec[], codec: Codec): Codec[] =>
  codecs.some((c) => c.name === codec.name)
    ? codecs.map((c) => (c.name === codec.name ? codec : c))
    : [...codecs, codec];
