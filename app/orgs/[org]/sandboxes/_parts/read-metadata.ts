/** What stands in lines of name=value; the first line that is none. */
export function readMetadata(lines: string): { read: Record<string, string> } | { wrong: string } {
  const read: Record<string, string> = {};
  for (const line of lines.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const cut = line.indexOf('=');
    if (cut < 1) return { wrong: line };
    read[line.slice(0, cut).trim()] = line.slice(cut + 1).trim();
  }
  return { read };
}
