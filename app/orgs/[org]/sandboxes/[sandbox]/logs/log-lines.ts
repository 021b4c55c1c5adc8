/** What a person scrolls back through; older lines go, so that a talkative program does not fill the page's memory. */
export const MOST_LINES = 2_000;
const LONGEST_LINE = 4_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are
const COLOURS = /\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007|[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A line as a stream tells it, without the marks of a terminal. */
export function lineIn(data: string): string {
  let line = data;
  try {
    const told = JSON.parse(data) as { line?: unknown };
    if (typeof told.line === 'string') line = told.line;
  } catch {
    // Plain text is a line as well.
  }
  return line
    .replace(/\r?\n$/, '')
    .replace(COLOURS, '')
    .slice(0, LONGEST_LINE);
}

/** The lines with another one, without the oldest beyond MOST_LINES. */
export function keepNewest<Line>(lines: readonly Line[], line: Line): Line[] {
  // Cut in larger steps: a copy of all for each line would be felt.
  return lines.length >= MOST_LINES * 1.25 ? [...lines.slice(-MOST_LINES + 1), line] : [...lines, line];
}
