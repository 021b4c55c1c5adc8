import { eq } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgs } from '@/db/schema';
import { DomainError } from '@/lib/errors';
import { isUuid } from './no-org';

/** The org id behind an id or a slug, for an operator; an id needs no org that still stands. Throws org_not_found. */
export async function findChain(idOrSlug: string): Promise<string> {
  if (isUuid(idOrSlug)) return idOrSlug.toLowerCase();
  const [org] = await db().select({ id: orgs.id }).from(orgs).where(eq(orgs.slug, idOrSlug));
  if (org) return org.id;
  throw new DomainError('org_not_found', `There is no organization "${idOrSlug}"`, { hint: 'A deleted one is named by its id.' });
}
