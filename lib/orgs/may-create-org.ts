import { listMemberships } from '@/lib/access/find-membership';
import type { UserActor } from '@/lib/auth/actor';
import { config } from '@/lib/config';

/** Whether the operator's policy (PANDASTACK_ORG_CREATION) lets this person found an org. */
export async function mayCreateOrg(actor: UserActor): Promise<boolean> {
  const { orgCreation } = config();
  if (orgCreation !== 'owners') return orgCreation === 'anyone';
  const memberships = await listMemberships(actor.userId);
  return memberships.some(({ role }) => role === 'owner' || role === 'admin');
}
