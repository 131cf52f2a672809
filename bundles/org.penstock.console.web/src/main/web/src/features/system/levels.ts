export const levels = ['OFF', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'] as const;

/** The levels as they are configured, LOGGER=LEVEL each; one that is not of this form is left as it is. */
export function loggerLevels(value: unknown): Map<string, string> {
  const all = Array.isArray(value) ? value : typeof value === 'string' && value ? [value] : [];
  return new Map(
    all.map((one) => {
      const [name = '', level = ''] = String(one).split('=');
      return [name.trim(), level.trim()];
    }),
  );
}

export const text = (set: ReadonlyMap<string, string>): string[] => [...set].map(([name, level]) => `${name}=${level}`);
