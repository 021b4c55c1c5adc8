/** A line of a child's output for a person: pino's JSON becomes a sentence, everything else stays as it is. */
export function prettyLine(name: string, line: string): string {
  if (!line.startsWith('{"level"')) return line;
  try {
    const { level, time, msg, err, ...rest } = JSON.parse(line);
    const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
    const stack = err?.stack ? `\n${err.stack}` : '';
    return `${String(time).slice(11, 19)} ${name} ${String(level).toUpperCase()} ${msg ?? ''}${details}${stack}`;
  } catch {
    return line;
  }
}
