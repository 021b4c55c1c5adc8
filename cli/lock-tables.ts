import { Command } from 'commander';
import { withConfiguredDatabase } from '@/db/postgres';
import { lockTables, planLock } from '@/lib/doctor/lock-tables';

/** `pandastack lock-tables`: for a database that Supabase's Data API reaches too. */
export function lockTablesCommand(): Command {
  return new Command('lock-tables')
    .description(
      "Takes our tables from Supabase's roles anon and authenticated and turns on row level security. Prints the plan.",
    )
    .option('--yes', 'do it')
    .action(async ({ yes = false }: { yes?: boolean }) => {
      // The database as it is: a migration is no part of what is asked for or confirmed here.
      const plan = await withConfiguredDatabase(yes ? lockTables : planLock);
      for (const statement of plan) console.log(`${statement};`);
      if (plan.length === 0) console.log('Nothing to do.');
      else console.log(yes ? 'Done.' : 'Nothing was changed; --yes does it.');
    });
}
