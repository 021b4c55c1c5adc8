import { Command } from 'commander';
import { openDatabase } from '@/db/postgres';
import { config } from '@/lib/config';
import { parseOptions } from '@/lib/input/parse-options';
import type { Named } from '@/lib/setup/name-owner';
import { ownerProvision, provisionOwner } from '@/lib/setup/provision-owner';

/** `pandastack provision-owner`: the documented SQL as a command. */
export function provisionOwnerCommand(): Command {
  return new Command('provision-owner')
    .description('Makes somebody who has an account the owner of an organization, which is founded where there is none.')
    .requiredOption('--user-id <id>', 'their user id: Authentication → Users in Supabase, or the page "/" after they signed in')
    .requiredOption('--email <address>', 'their e-mail address; you answer for it')
    .option('--org <slug>', 'the organization', 'default')
    .option('--name <name>', 'what it is called, when it is founded')
    .option('--transfer', 'also when somebody else owns it: they stay an owner, and this person is named in their place')
    .action(async (options: unknown) => {
      const provision = parseOptions(ownerProvision, options);
      await openDatabase();
      const named = await provisionOwner(provision);
      console.log(`${WORDS[named.change](named.org.slug, provision.email)}\n${config().dashboardUrl}/orgs/${named.org.slug}`);
    });
}

const WORDS: Record<Named['change'], (slug: string, email: string) => string> = {
  founded: (slug, email) => `Founded "${slug}"; ${email} owns it.`,
  adopted: (slug, email) => `"${slug}" had no owner; ${email} owns it now.`,
  transferred: (slug, email) => `${email} owns "${slug}" now; whoever owned it before still does too.`,
  none: (slug, email) => `${email} owns "${slug}" already; nothing was changed.`,
};
