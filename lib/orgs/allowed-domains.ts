import { z } from 'zod';
import { lowerAscii } from '@/lib/input/fields';

const MOST_DOMAINS = 50;
const LONGEST_DOMAIN = 253;
const DOMAIN = /^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/** The domains whose addresses an org invites: lower case, each once, at most 50; none means any. */
export const allowedDomains = z
  .array(
    z
      .string('must be text')
      .trim()
      .transform(lowerAscii)
      .pipe(z.string().max(LONGEST_DOMAIN, 'is too long').regex(DOMAIN, 'is not a domain such as example.com')),
    'must be a list of domains',
  )
  .max(MOST_DOMAINS, `must name at most ${MOST_DOMAINS} domains`)
  .transform((domains) => [...new Set(domains)].sort());

/** Whether an org with these domains takes an address. Exactly the domain counts: neither its subdomains nor a longer name that ends like it. */
export function domainAdmits(allowedEmailDomains: readonly string[], email: string): boolean {
  if (allowedEmailDomains.length === 0) return true;
  return allowedEmailDomains.includes(lowerAscii(email.slice(email.lastIndexOf('@') + 1)));
}
