import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { authorizeOrg, type OrgAccess, widenAccess } from '@/lib/access/org-access';
import type { Permission } from '@/lib/access/permissions';
import type { UserActor } from '@/lib/auth/actor';
import { authenticatePage } from '@/lib/auth/authenticate-page';
import { DomainError } from '@/lib/errors';

/** The signed-in person, or null. One verification a page, however often it is asked. Throws DomainError when it cannot be known. */
export const optionalUser = cache(authenticatePage);

/** The signed-in person; sends everybody else to /login and back to `path` afterwards. */
export async function userPage(path: string): Promise<UserActor> {
  const user = await optionalUser();
  return user ?? redirect(`/login?next=${encodeURIComponent(path)}`);
}

// A page, its layouts and its parts ask for the same org: one query serves them all.
const memberAccess = cache((user: UserActor, org: string) => authorizeOrg(user, org, 'org:read'));

/** The door of every page of an org: sign-in for strangers, "not found" for outsiders and for those without the permission. */
export async function orgPage<P extends Permission>(
  params: Promise<{ org: string }>,
  permission: P,
  path = '',
): Promise<OrgAccess<P>> {
  const { org } = await params;
  const user = await userPage(`/orgs/${org}${path}`);
  try {
    return widenAccess(await memberAccess(user, decodeURIComponent(org)), permission);
  } catch (error) {
    if (error instanceof DomainError && (error.status === 404 || error.status === 403)) notFound();
    throw error;
  }
}
