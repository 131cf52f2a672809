/** Name with labels, and value, of Prometheus' text form. */
export function metrics(text: string): [string, string][] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const end = line.indexOf('}');
      const gap = line.indexOf(' ', Math.max(0, end));
      return [line.slice(0, gap), line.slice(gap + 1)];
    });
}
