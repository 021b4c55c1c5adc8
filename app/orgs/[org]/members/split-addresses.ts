/** The addresses in a pasted text: one a line, or apart by commas, semicolons or spaces; each once. */
export function splitAddresses(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}
