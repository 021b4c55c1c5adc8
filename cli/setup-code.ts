import { Command } from 'commander';
import { openDatabase } from '@/db/postgres';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { makeSetupCode } from '@/lib/setup/open-setup';
import { settleSetup } from '@/lib/setup/settle-setup';

/** `pandastack setup-code`: for whoever cannot read the log of the server. */
export function setupCodeCommand(): Command {
  return new Command('setup-code')
    .description('Prints a new one-time code for /setup while nobody owns an organization here; the code before it ends.')
    .action(async () => {
      await openDatabase();
      const { open } = await settleSetup();
      const made = open ? await makeSetupCode() : undefined;
      if (!made) {
        throw new DomainError('setup_closed', 'The setup of this server is closed', {
          hint: 'Make somebody an owner with pandastack provision-owner.',
        });
      }
      console.log(`${made.code}\nSign in, open ${config().dashboardUrl}/setup and enter it.`);
    });
}
