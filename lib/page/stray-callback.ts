import { redirect } from 'next/navigation';

export type SearchParams = Record<string, string | string[] | undefined>;

const TELLING = ['code', 'error', 'error_code', 'message'] as const;

/**
 * The auth server sends people to its Site URL when a redirect address is not on its list (and for some OAuth errors).
 * Pages that can be that Site URL call this first: a code, an error or the message of half an e-mail change in their query goes
 * on to /auth/callback.
 */
export function redirectStrayCallback(query: SearchParams): void {
  if (TELLING.every((name) => query[name] === undefined)) return;
  const carried = new URLSearchParams();
  for (const name of [...TELLING, 'next']) for (const value of [query[name] ?? []].flat()) carried.append(name, value);
  redirect(`/auth/callback?${carried}`);
}
