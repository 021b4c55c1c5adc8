import process from 'node:process';
import { Command } from 'commander';
import { openDatabase } from '@/db/postgres';
import { exportOrgs } from '@/lib/orgs-as-code/export-orgs';

/** `pandastack export`: what `pandastack apply` would read. */
export function exportCommand(): Command {
  return new Command('export')
    .description('Prints organizations with their settings and people as a YAML file for pandastack apply.')
    .argument('[slug...]', 'these organizations only')
    .action(async (slugs: string[]) => {
      await openDatabase();
      process.stdout.write(await exportOrgs(slugs));
    });
}
