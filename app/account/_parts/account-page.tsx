import { redirect } from 'next/navigation';
import type { UserActor } from '@/lib/auth/actor';
import { asDomainError, type DomainError } from '@/lib/errors';
import { userPage } from '@/lib/page/org-page';
import { withNext } from '@/lib/page/safe-next';
import { publicConfig } from '@/lib/public-config';
import { type Account, fetchAccount } from '@/lib/supabase/fetch-account';

export interface AccountAnswer {
  user: UserActor;
  /** Null when the auth server would not or could not say; `refusal` tells why. */
  account: Account | null;
  refusal: DomainError | null;
}

/** The door of the pages that need the auth server: sign-in for strangers, the profile in modes that have none. */
export async function accountPage(path: string): Promise<AccountAnswer & { accessToken: string }> {
  const answer = await readAccount(await userPage(path));
  const { accessToken } = answer.user;
  if (publicConfig().authMode !== 'supabase' || accessToken === null) redirect('/account');
  // What changes the account needs every factor the account has; the auth server would refuse it one by one.
  const enrolled = answer.account?.factors.some(({ verified }) => verified) ?? false;
  if (enrolled && answer.user.aal !== 'aal2') redirect(withNext('/mfa', path));
  return { ...answer, accessToken };
}

/** The account of a person, or why it is not known. An outage of the auth server must not take the whole page with it. */
export async function readAccount(user: UserActor): Promise<AccountAnswer> {
  if (publicConfig().authMode !== 'supabase' || user.accessToken === null) return { user, account: null, refusal: null };
  try {
    return { user, account: await fetchAccount(user.accessToken), refusal: null };
  } catch (thrown) {
    const refusal = asDomainError(thrown);
    if (refusal.code === 'internal_error') throw thrown;
    return { user, account: null, refusal };
  }
}
