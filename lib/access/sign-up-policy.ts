import type { ConfirmedUser } from '@/lib/auth/confirm-user';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { listMemberships } from './find-membership';

/** How somebody who belongs to no org yet comes to their first: by an invite, or on their own. */
export type Way = 'invited' | 'uninvited';

/**
 * Holds PANDASTACK_SIGNUP at the API, so it counts behind every way of signing in. Members of any org have come in already; the
 * rest may read who they are and nothing more until the policy admits them. Throws signup_not_allowed.
 */
export async function refuseNewcomer(user: ConfirmedUser, way: Way): Promise<void> {
  if (!(await mayCome(user, way))) throw newcomerRefusal(way);
}

/** Whether the policy admits this person, or they came in already. */
export async function mayCome({ userId, verifiedEmail }: ConfirmedUser, way: Way): Promise<boolean> {
  if (admits(verifiedEmail, way)) return true;
  const memberships = await listMemberships(userId);
  return memberships.length > 0;
}

/** The answer to somebody whom the policy does not admit. */
export function newcomerRefusal(way: Way): DomainError {
  return new DomainError('signup_not_allowed', REFUSALS[way], {
    hint:
      way === 'invited'
        ? 'Ask the operator of this server to add you by your user id. Operators: see PANDASTACK_SIGNUP.'
        : 'Ask somebody in your organization to invite you. Operators: see PANDASTACK_SIGNUP.',
  });
}

const REFUSALS = {
  invited: 'This server takes no new people, not even by invitation',
  uninvited: 'New people come to this server by invitation',
} as const satisfies Record<Way, string>;

/** Whether the policy admits the holder of a proven address who is a member of nothing. */
export function admits(email: string, way: Way): boolean {
  const { signup, signupDomains } = config();
  if (signup === 'open') return true;
  if (signup === 'closed') return false;
  if (way === 'invited') return true;
  // The whole domain, so that example.com admits neither sub.example.com nor notexample.com.
  return signup === 'domains' && signupDomains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
}
