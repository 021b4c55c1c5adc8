import { Command } from 'commander';
import { openDatabase } from '@/db/postgres';
import { billingLink, billingUnlink, linkByOperator, unlinkByOperator } from '@/lib/billing/change-link';
import { parseOptions } from '@/lib/input/parse-options';

/** `pandastack billing …`: which customer of Stripe pays for an organization. */
export function billingCommand(): Command {
  const billing = new Command('billing').description('Which customer of Stripe pays for an organization.');
  billing
    .command('link')
    .description('What the organization uses from the next full hour on is metered for this customer.')
    .requiredOption('--org <slug>', 'the organization, by its slug or id')
    .requiredOption('--customer <id>', 'the customer at Stripe: cus_…')
    .action(async (options: unknown) => {
      const link = parseOptions(billingLink, options);
      await openDatabase();
      const changed = await linkByOperator(link);
      console.log(changed ? `${link.customer} pays for "${link.org}" now.` : 'It is so already; nothing was changed.');
    });
  billing
    .command('unlink')
    .description('Nothing the organization uses is metered any more.')
    .requiredOption('--org <slug>', 'the organization, by its slug or id')
    .action(async (options: unknown) => {
      const unlink = parseOptions(billingUnlink, options);
      await openDatabase();
      const before = await unlinkByOperator(unlink);
      console.log(before ? `${before} no longer pays for "${unlink.org}".` : 'Nobody pays for it; nothing was changed.');
    });
  return billing;
}
