import { eq } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { orgs } from '@/db/schema';
import type { ConfirmedUser } from '@/lib/auth/confirm-user';
import { DomainError } from '@/lib/errors';
import { domainAdmits } from '@/lib/orgs/allowed-domains';
import { maskEmail } from './mask-email';
import { invitedRole } from './present-invite';

/**
 * Reads under the org's lock whom it invites, and as what when nobody says otherwise. Throws email_domain_not_allowed for an
 * address of another domain.
 */
export async function admitToInvites(tx: Transaction, orgId: string, email: string) {
  const [org] = await tx
    .select({ domains: orgs.allowedEmailDomains, defaultRole: orgs.defaultInviteRole })
    .from(orgs)
    .where(eq(orgs.id, orgId));
  refuseForeignDomain(org?.domains ?? [], email);
  return { defaultRole: invitedRole.parse(org?.defaultRole) };
}

/** Throws email_domain_not_allowed for an address of a domain the org does not invite. */
export function refuseForeignDomain(allowedEmailDomains: readonly string[], email: string): void {
  if (domainAdmits(allowedEmailDomains, email)) return;
  throw new DomainError('email_domain_not_allowed', 'This organization takes addresses of its own domains only', {
    hint: 'Use an address of one of them, or ask an owner to allow this domain in the settings of the organization.',
  });
}

/**
 * What the administrator of a single sign-on states about an address proves nothing to an org that did not name the domain: they
 * could state anybody's. Throws sso_not_trusted.
 */
export function refuseUntrustedSso({ bySso, verifiedEmail }: ConfirmedUser, allowedEmailDomains: readonly string[]): void {
  if (!bySso || ssoIsTrusted(allowedEmailDomains, verifiedEmail)) return;
  throw new DomainError(
    'sso_not_trusted',
    `Single sign-on does not prove to this organization that ${maskEmail(verifiedEmail)} is yours`,
    {
      hint: 'Sign in another way with the invited address, or ask an owner to allow its domain in the settings of the organization.',
    },
  );
}

/** Only a domain the org names counts; naming none trusts none. */
function ssoIsTrusted(allowedEmailDomains: readonly string[], email: string): boolean {
  return allowedEmailDomains.length > 0 && domainAdmits(allowedEmailDomains, email);
}
