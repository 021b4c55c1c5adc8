/** The states a person looks for. */
export const STATUSES = ['running', 'paused', 'hibernated', 'failed'] as const;

/** As many as a page shows. */
export const ROWS = 50;

export interface ListChoice {
  /** '' for all. */
  status: string;
  search: string;
  cursor: string;
}

const MOST_SEARCHED = 100;

/** Reads an address. What it cannot mean is left out: an old or hand-written link still shows a page. */
export function readListChoice(query: Record<string, string | string[] | undefined>): ListChoice {
  const one = (name: string) => [query[name]].flat()[0]?.trim() ?? '';
  const status = STATUSES.some((known) => known === one('status')) ? one('status') : '';
  return { status, search: one('q').replaceAll('\0', '').slice(0, MOST_SEARCHED), cursor: one('cursor') };
}

/** The query string of the page with this choice; '' for what it shows anyway. */
export function listSearch({ status, search, cursor }: ListChoice): string {
  const set = Object.entries({ status, q: search, cursor }).filter(([, value]) => value !== '');
  const text = new URLSearchParams(Object.fromEntries(set)).toString();
  return text ? `?${text}` : '';
}
