import type { Actor, Role } from '@/lib/auth/actor';
import type { OrgSummary } from '@/lib/auth/org-summary';
import { traceOf } from '@/lib/auth/request-trace';
import { DomainError } from '@/lib/errors';
import { findCurrentMembership, findMembership, type Membership } from './find-membership';
import { type Permission, roleMay, tokenMay } from './permissions';

declare const granted: unique symbol;

/** Proof that an actor may use a permission in an org. Made in this file alone. */
export interface OrgAccess<P extends Permission> {
  actor: Actor;
  orgId: string;
  org: OrgSummary;
  role: Role;
  readonly [granted]: P;
}

/**
 * Grants a permission in the org named by id or slug.
 * Throws org_not_found to outsiders (they must not learn which orgs exist); forbidden, token_not_allowed or insufficient_aal to the rest.
 */
export async function authorizeOrg<P extends Permission>(
  actor: Actor,
  orgIdOrSlug: string,
  permission: P,
): Promise<OrgAccess<P>> {
  const membership =
    actor.type === 'token' ? membershipOfToken(actor, orgIdOrSlug) : await findMembership(actor.userId, orgIdOrSlug);
  if (!membership) throw new DomainError('org_not_found', 'There is no such organization, or you are not a member of it');
  return grant(actor, membership, permission);
}

/**
 * Grants a permission in the org a request speaks of when its path names none: the X-Pandastack-Org header, else the current org.
 * Throws not_a_member, and what authorizeOrg throws to members.
 */
export async function authorizeCurrentOrg<P extends Permission>(
  actor: Actor,
  asked: string | null,
  permission: P,
): Promise<OrgAccess<P>> {
  const membership = await currentMembership(actor, asked);
  if (!membership) {
    throw new DomainError('not_a_member', 'You are not a member of that organization', {
      hint: 'Check the X-Pandastack-Org header, or join an organization first.',
    });
  }
  return grant(actor, membership, permission);
}

/** Grants another permission to the holder of an access, in the same request and without asking again. Throws forbidden or token_not_allowed. */
export function widenAccess<P extends Permission>(access: OrgAccess<Permission>, permission: P): OrgAccess<P> {
  return grant(access.actor, access, permission);
}

/** Whether the holder of an access may also use another permission: for showing or hiding what leads to it. */
export function can(access: Pick<OrgAccess<Permission>, 'actor' | 'role'>, permission: Permission): boolean {
  return roleMay(access.role, permission) && (access.actor.type === 'user' || tokenMay(permission));
}

function grant<P extends Permission>(actor: Actor, { org, role }: Membership, permission: P): OrgAccess<P> {
  traceOf(actor.origin).askedOrgId = org.id;
  if (actor.type === 'token' && !tokenMay(permission)) {
    throw new DomainError('token_not_allowed', 'API tokens cannot do this', { hint: 'Sign in as a person.' });
  }
  if (org.mfaRequired && actor.type === 'user' && actor.aal !== 'aal2') {
    throw new DomainError(
      'insufficient_aal',
      `${org.name} asks its people for a second factor, and this session has not used one`,
      {
        hint: 'Enter the code of your authenticator app at /mfa, then try again.',
      },
    );
  }
  if (!roleMay(role, permission)) {
    throw new DomainError('forbidden', `Your role in ${org.name} does not allow this`, {
      hint: 'Ask an owner or admin of the organization.',
    });
  }
  traceOf(actor.origin).orgId = org.id;
  return { actor, orgId: org.id, org, role } as OrgAccess<P>;
}

async function currentMembership(actor: Actor, asked: string | null): Promise<Membership | undefined> {
  if (actor.type === 'token') return asked === null ? actor : membershipOfToken(actor, asked);
  return asked === null ? findCurrentMembership(actor.userId) : findMembership(actor.userId, asked);
}

function membershipOfToken({ org, role }: Membership, orgIdOrSlug: string): Membership | undefined {
  return orgIdOrSlug === org.id || orgIdOrSlug === org.slug ? { org, role } : undefined;
}
