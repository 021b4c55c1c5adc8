import { listMemberships } from '@/lib/access/find-membership';
import type { Actor } from '@/lib/auth/actor';
import { type OrgView, viewOrg } from './present-org';

export interface OrgList {
  orgs: OrgView[];
  currentOrg: OrgView | null;
}

/** The orgs an actor belongs to, oldest membership first, and the one they last chose. An API token sees its own org alone. */
export async function listOrgs(actor: Actor): Promise<OrgList> {
  if (actor.type === 'token') {
    const own = viewOrg(actor);
    return { orgs: [own], currentOrg: own };
  }
  const memberships = await listMemberships(actor.userId);
  const orgs = memberships.map(viewOrg);
  const chosen = memberships.findIndex(({ chosen }) => chosen);
  return { orgs, currentOrg: orgs[Math.max(chosen, 0)] ?? null };
}
