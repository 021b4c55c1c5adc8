import { z } from 'zod';
import { emailAddress, lowerAscii } from '@/lib/input/fields';
import { allowedDomains } from '@/lib/orgs/allowed-domains';

const role = z.enum(['owner', 'admin', 'member'], { error: 'must be owner, admin or member' });
const yesNo = z.boolean('must be true or false');

// Adopted rows hold names, slugs and addresses that nobody may choose today. As they are they stay; planOrg() judges what is new.
const adopted = (most: number) => z.string('must be text').max(most, 'is too long');

const member = z
  .strictObject({
    /** In lower case. Beside a user_id it is for the reader alone. */
    email: adopted(254).trim().transform(lowerAscii).optional(),
    /** The account itself: needed for the owner of a new org, and for joining without an invite. */
    user_id: adopted(600)
      .min(1, 'must not be empty')
      .regex(/^\P{Cc}+$/u, 'is not a user id')
      .optional(),
    role,
  })
  .superRefine(({ email, user_id }, context) => {
    if (user_id !== undefined) return;
    const problem = email === undefined ? undefined : emailAddress.safeParse(email).error?.issues[0]?.message;
    if (email === undefined) context.addIssue({ code: 'custom', message: 'must name an email or a user_id' });
    else if (problem) context.addIssue({ code: 'custom', path: ['email'], message: problem });
  });

const org = z.strictObject({
  slug: adopted(100).regex(/^\P{Cc}+$/u, 'must not be empty'),
  name: adopted(10_000),
  settings: z
    .strictObject({
      mfa_required: yesNo.optional(),
      default_invite_role: z.enum(['member', 'admin'], { error: 'must be member or admin' }).optional(),
      allowed_email_domains: allowedDomains.optional(),
    })
    .default({}),
  members: z.array(member, 'must be a list').default([]),
  /** Only then do people leave who are not listed. */
  prune: yesNo.default(false),
});

/** What `pandastack apply` reads. Organizations that the file does not name are left alone. */
export const orgFile = z
  .strictObject({
    version: z.literal(1, 'must be 1'),
    /** An address counts as the account that holds it in another org here; otherwise people who are new to an org are invited. */
    match_known_addresses: yesNo.default(false),
    orgs: z.array(org, 'must be a list'),
  })
  .superRefine(({ orgs }, context) => {
    const twice = (texts: (string | undefined)[]) =>
      texts.flatMap((text, at) => (text !== undefined && texts.indexOf(text) < at ? [at] : []));
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const at of twice(orgs.map(({ slug }) => slug))) refuse(['orgs', at, 'slug'], 'is declared twice');
    orgs.forEach(({ members }, index) => {
      for (const name of ['email', 'user_id'] as const) {
        const repeated = twice(members.map((one) => (name === 'email' && one.user_id ? undefined : one[name])));
        for (const at of repeated) refuse(['orgs', index, 'members', at, name], 'is declared twice');
      }
    });
  });

export type OrgFile = z.infer<typeof orgFile>;
export type DeclaredOrg = OrgFile['orgs'][number];
export type DeclaredMember = DeclaredOrg['members'][number];
