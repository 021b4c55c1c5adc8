import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { authorizeOrg, type OrgAccess, widenAccess } from '@/lib/access/org-access';
import type { Permission } from '@/lib/access/permissions';
import { authorizeServer } from '@/lib/access/server-access';
import type { UserActor } from '@/lib/auth/actor';
import { authenticatePage } from '@/lib/auth/authenticate-page';
import { tellRefusal } from '@/lib/auth/refusal-listener';
import { traceOf } from '@/lib/auth/request-trace';
import { DomainError } from '@/lib/errors';
import { withNext } from './safe-next';

/** The signed-in person, or null. One verification a page, however often it is asked. Throws DomainError when it cannot be known. */
export const optionalUser = cache(authenticatePage);

/** The signed-in person; sends everybody else to /login and back to `path` afterwards. */
export async function userPage(path: string): Promise<UserActor> {
  const user = await optionalUser();
  return user ?? redirect(`/login?next=${encodeURIComponent(path)}`);
}

// A page, its layouts and its parts ask for the same org: one query serves them all.
const memberAccess = cache((user: UserActor, org: string) => authorizeOrg(user, org, 'org:read'));

/**
 * The door of every page of an org: sign-in for strangers, the second factor for those who owe it, "not found" for outsiders
 * and for those without the permission.
 */
export async function orgPage<P extends Permission>(
  params: Promise<{ org: string }>,
  permission: P,
  path = '',
): Promise<OrgAccess<P>> {
  const { org } = await params;
  const here = `/orgs/${org}${path}`;
  const user = await userPage(here);
  try {
    return widenAccess(await memberAccess(user, decodeURIComponent(org)), permission);
  } catch (error) {
    return turnAway(error, user, { here, route: `/orgs/{org}${path}` });
  }
}

/** The door of the pages about the whole server: as orgPage(), for the org that operates it. */
export async function serverPage<P extends Permission>(permission: P, here: string): Promise<OrgAccess<P>> {
  const user = await userPage(here);
  try {
    return await authorizeServer(user, permission);
  } catch (error) {
    return turnAway(error, user, { here, route: here });
  }
}

function turnAway(error: unknown, user: UserActor, { here, route }: { here: string; route: string }): never {
  if (!(error instanceof DomainError)) throw error;
  if (error.code === 'insufficient_aal') redirect(withNext('/mfa', here));
  if (error.status === 403) tellDenied(user, error, route);
  if (error.status === 404 || error.status === 403) notFound();
  throw error;
}

/** Somebody opened the address of a page that their role may not see. */
function tellDenied({ userId: actorId, origin }: UserActor, { code }: DomainError, route: string): void {
  const { askedOrgId: orgId } = traceOf(origin);
  tellRefusal({ code, kind: 'permission', route, origin, actorId, orgId });
}

/** For the frame around a page: null where the page within, which knows its own path, sends the person elsewhere. */
export async function orgFrame(
  params: Promise<{ org: string }>,
): Promise<{ user: UserActor; access: OrgAccess<'org:read'> } | null> {
  const { org } = await params;
  const user = await optionalUser();
  if (!user) return null;
  try {
    return { user, access: await memberAccess(user, decodeURIComponent(org)) };
  } catch (error) {
    if (error instanceof DomainError && error.status < 500) return null;
    throw error;
  }
}
