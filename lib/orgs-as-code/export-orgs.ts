import { asc } from 'drizzle-orm';
import { stringify } from 'yaml';
import { db } from '@/db/postgres';
import { orgs } from '@/db/schema';
import { DomainError } from '@/lib/errors';
import { emailAddress } from '@/lib/input/fields';
import type { OrgFile } from './org-file';
import { type OrgState, readOrgState } from './org-state';

const HEAD = `# Organizations of this server, for \`pandastack apply\`. Applying it as it is changes nothing.
# People of an open invite stand among the members without a user_id. See docs/orgs-as-code.md.
`;

/** Every org, or those of these slugs, as the text of a file that applies to nothing. Throws org_not_found. */
export async function exportOrgs(slugs: string[] = []): Promise<string> {
  const wanted =
    slugs.length > 0 ? slugs : (await db().select({ slug: orgs.slug }).from(orgs).orderBy(asc(orgs.slug))).map((org) => org.slug);
  const declared: unknown[] = [];
  for (const slug of wanted) {
    const state = await readOrgState(db(), slug);
    if (!state) throw new DomainError('org_not_found', `There is no organization "${slug}"`);
    declared.push(declarationOf(slug, state));
  }
  return HEAD + stringify({ version: 1, orgs: declared } satisfies Record<keyof Pick<OrgFile, 'version' | 'orgs'>, unknown>);
}

function declarationOf(slug: string, { name, members, invites, ...settings }: OrgState) {
  const people = members.map(({ userId, email, role }) => ({ ...(email ? { email } : {}), user_id: userId, role }));
  const held = new Set(members.map(({ email }) => email.toLowerCase()));
  // What is no address today was invited by an older build, and nobody can accept it.
  const answerable = invites.filter(({ email }) => emailAddress.safeParse(email).success);
  const invited = answerable.filter(({ email }) => !held.has(email.toLowerCase())).map(({ email, role }) => ({ email, role }));
  return {
    slug,
    name,
    settings: {
      mfa_required: settings.mfaRequired,
      default_invite_role: settings.defaultInviteRole,
      allowed_email_domains: settings.allowedEmailDomains,
    },
    members: [...people, ...invited],
  };
}
