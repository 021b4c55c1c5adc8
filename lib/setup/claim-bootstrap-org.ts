import { and, eq, notInArray } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgMembers, orgs, serverSetup } from '@/db/schema';
import type { UserActor } from '@/lib/auth/actor';
import { type AssuredUser, assureUser } from '@/lib/auth/confirm-user';
import { config } from '@/lib/config';
import { asDomainError, DomainError } from '@/lib/errors';
import { lowerAscii } from '@/lib/input/fields';
import { logger } from '@/lib/log';
import { fetchAuthSettings } from '@/lib/supabase/fetch-auth-settings';
import { nameOwner } from './name-owner';
import { lockSetup, withConfigured } from './setup-row';

const holder = globalThis as typeof globalThis & { __pandastackBootstrapped?: string };

/**
 * Makes the person whom PANDASTACK_BOOTSTRAP_OWNER_EMAIL names the owner of PANDASTACK_BOOTSTRAP_ORG while nobody owns it. Called where
 * people land after signing in; costs everybody else nothing, and nobody a query once that org has an owner. Returns the refusal
 * when the address is theirs and not proven well enough; undefined otherwise.
 */
export async function claimBootstrapOrg(user: UserActor): Promise<DomainError | undefined> {
  const { bootstrap, mode } = config();
  if (!bootstrap || mode === 'stub' || holder.__pandastackBootstrapped === bootstrap.org) return undefined;
  if (lowerAscii(user.email) !== bootstrap.email) return undefined;
  if (await hasOwner(bootstrap.org)) {
    holder.__pandastackBootstrapped = bootstrap.org;
    return undefined;
  }
  try {
    await claim(await proveAddress(user, bootstrap.email), bootstrap.org);
    return undefined;
  } catch (thrown) {
    const refusal = asDomainError(thrown);
    // Somebody else was faster, by whatever way.
    if (refusal.code === 'slug_taken') return undefined;
    logger().warn({ event: 'bootstrap_refused', code: refusal.code, err: refusal.cause }, refusal.message);
    return refusal;
  }
}

async function hasOwner(slug: string): Promise<boolean> {
  const [setup] = await db().select({ stubUserIds: serverSetup.stubUserIds }).from(serverSetup);
  const nobody = withConfigured(setup?.stubUserIds ?? []);
  const [owner] = await db()
    .select({ userId: orgMembers.userId })
    .from(orgMembers)
    .innerJoin(orgs, eq(orgs.id, orgMembers.orgId))
    .where(and(eq(orgs.slug, slug), eq(orgMembers.role, 'owner'), notInArray(orgMembers.userId, nobody)))
    .limit(1);
  return owner !== undefined;
}

/** The mailbox must have been proven to the auth server: nobody's word about somebody's address makes an owner. */
async function proveAddress(user: UserActor, email: string): Promise<AssuredUser> {
  const assured = await assureUser(user);
  if (lowerAscii(assured.verifiedEmail) !== email) {
    throw new DomainError('email_mismatch', 'Your account holds another address than the one this server awaits as its owner');
  }
  if (assured.fromSso) {
    throw new DomainError(
      'sso_not_allowed',
      'This address is vouched for by single sign-on, which does not make anybody an owner',
      {
        hint: 'Use the setup code in the log of the server, or pandastack provision-owner.',
      },
    );
  }
  if (assured.authMethod === 'jwt') await refuseUnprovenAddresses();
  return assured;
}

/** With auto-confirm on, anybody could have signed up with the awaited address and be told as its owner. */
async function refuseUnprovenAddresses(): Promise<void> {
  const settings = await fetchAuthSettings();
  if (!settings) {
    throw new DomainError('auth_provider_unavailable', 'The sign-in service cannot be reached at the moment', {
      hint: 'Reload in a few seconds.',
    });
  }
  if (!settings.autoConfirm) return;
  throw new DomainError('email_not_verified', 'The auth server confirms every address by itself, so an address proves nobody', {
    hint: 'Use the setup code in the log of the server, or pandastack provision-owner. Operators: turn e-mail confirmation on.',
  });
}

async function claim(user: AssuredUser, slug: string): Promise<void> {
  const person = { userId: user.userId, email: user.verifiedEmail };
  await db().transaction(async (tx) => {
    const setup = await lockSetup(tx);
    await nameOwner(tx, setup, { org: { slug, name: nameFromSlug(slug) }, person, actor: user, way: 'bootstrap' });
  });
  logger().info({ event: 'bootstrap_done', org: slug }, 'the awaited owner has signed in; PANDASTACK_BOOTSTRAP_* may be removed');
}

/** What an org is called whose slug alone is known: `acme-labs` → `Acme Labs`. */
export function nameFromSlug(slug: string): string {
  return slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
