import { redirect } from 'next/navigation';

export type SearchParams = Record<string, string | string[] | undefined>;

const CARRIED = ['code', 'error', 'error_code', 'message', 'next'] as const;

/**
 * The auth server sends people to its Site URL when a redirect address is not on its list (and for some OAuth errors).
 * Pages that can be that Site URL call this first: a code or an error in their query goes on to /auth/callback.
 */
export function redirectStrayCallback(query: SearchParams): void {
  if (query.code === undefined && query.error === undefined && query.error_code === undefined) return;
  const carried = new URLSearchParams();
  for (const name of CARRIED) for (const value of [query[name] ?? []].flat()) carried.append(name, value);
  redirect(`/auth/callback?${carried}`);
}
