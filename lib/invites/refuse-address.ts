import type { ConfirmedUser } from '@/lib/auth/confirm-user';
import { DomainError } from '@/lib/errors';
import { lowerAscii } from '@/lib/input/fields';
import { domainAdmits } from '@/lib/orgs/allowed-domains';
import { maskEmail } from './mask-email';

/** Throws email_mismatch unless the account's proven address is the invited one. */
export function refuseOtherAddress(user: ConfirmedUser, invited: string): void {
  if (lowerAscii(user.verifiedEmail) === lowerAscii(invited)) return;
  throw new DomainError(
    'email_mismatch',
    `This invitation is for ${maskEmail(invited)}, and you are signed in with another address`,
    { hint: 'Sign in with the invited address, then open the link again.' },
  );
}

/** Throws email_domain_not_allowed for an address of a domain that the org does not take. */
export function refuseForeignDomain(allowedEmailDomains: readonly string[], email: string): void {
  if (domainAdmits(allowedEmailDomains, email)) return;
  throw new DomainError('email_domain_not_allowed', 'The organization takes no addresses of this domain', {
    hint: 'Use an address of the organization, or ask an owner to add the domain in its settings.',
  });
}

/**
 * Whoever runs an identity provider can have it assert any address, so its word opens only orgs that named the address's domain
 * themselves. Throws sso_not_allowed.
 */
export function refuseForeignSso({ fromSso, verifiedEmail }: ConfirmedUser, allowedEmailDomains: readonly string[]): void {
  if (!fromSso) return;
  if (allowedEmailDomains.length > 0 && domainAdmits(allowedEmailDomains, verifiedEmail)) return;
  throw new DomainError('sso_not_allowed', 'This organization does not accept addresses that single sign-on vouches for', {
    hint: 'Ask an owner to add the domain of your address to the allowed domains in the settings of the organization.',
  });
}
