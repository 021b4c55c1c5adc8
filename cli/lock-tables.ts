import { Command } from 'commander';
import { db, openDatabase } from '@/db/postgres';
import { lockTables, planLock } from '@/lib/doctor/lock-tables';

/** `pandastack lock-tables`: for a database that Supabase's Data API reaches too. */
export function lockTablesCommand(): Command {
  return new Command('lock-tables')
    .description(
      "Takes our tables from Supabase's roles anon and authenticated and turns on row level security. Prints the plan.",
    )
    .option('--yes', 'do it')
    .action(async ({ yes = false }: { yes?: boolean }) => {
      await openDatabase();
      const plan = yes ? await lockTables(db()) : await planLock(db());
      for (const statement of plan) console.log(`${statement};`);
      if (plan.length === 0) console.log('Nothing to do.');
      else console.log(yes ? 'Done.' : 'Nothing was changed; --yes does it.');
    });
}
