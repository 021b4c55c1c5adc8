import { listMemberships } from '@/lib/access/find-membership';
import { admits } from '@/lib/access/sign-up-policy';
import type { UserActor } from '@/lib/auth/actor';
import { config } from '@/lib/config';

/** Whether the operator's policies (PANDASTACK_ORG_CREATION and, for a newcomer, PANDASTACK_SIGNUP) let this person found an org. */
export async function mayCreateOrg(actor: UserActor): Promise<boolean> {
  const { orgCreation } = config();
  if (orgCreation === 'nobody') return false;
  if (orgCreation === 'anyone' && admits(actor.email, 'uninvited')) return true;
  const memberships = await listMemberships(actor.userId);
  if (orgCreation === 'anyone') return memberships.length > 0;
  return memberships.some(({ role }) => role === 'owner' || role === 'admin');
}
