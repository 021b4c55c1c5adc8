import * as words from '@/messages/settings';

/** What the API said against one of the domains or all of them, in a sentence. */
export function domainProblem(
  fields: readonly { path: string; message: string }[],
  domains: readonly string[],
): string | undefined {
  const field = fields.find(({ path }) => path === 'allowed_email_domains' || path.startsWith('allowed_email_domains.'));
  if (!field) return undefined;
  const domain = domains[Number(field.path.split('.')[1])];
  return domain === undefined ? words.domainsProblem(field.message) : words.domainProblem(domain, field.message);
}
