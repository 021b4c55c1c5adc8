interface Stated {
  id: string;
  status: string;
  held: boolean;
}

/** What a page shows of the state of its sandboxes, as one text: another text is another page. */
export function statesOf(sandboxes: readonly Stated[]): string {
  return JSON.stringify(sandboxes.map(({ id, status, held }) => [id, status, held]));
}
