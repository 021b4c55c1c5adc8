import { Command } from 'commander';
import { clickhouse, openClickhouse } from '@/db/clickhouse';
import { migrateDatabaseAt } from '@/db/postgres';
import { config } from '@/lib/config';

/** `pandastack migrate`: what every start does first, by itself; for a role that may alter tables where the service's may not. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'Brings the tables in Postgres and ClickHouse to this version. Each start does it too; here with a role that may.',
    )
    .action(async () => {
      const { databaseUrl, clickhouseUrl } = config();
      if (databaseUrl === null) console.log('Postgres: the embedded server is migrated when PandaStack starts.');
      else console.log(`Postgres: ${counted(await migrateDatabaseAt(databaseUrl))}.`);
      if (clickhouseUrl === null) return console.log('ClickHouse: the embedded one is migrated when PandaStack starts.');
      await openClickhouse();
      await clickhouse();
      console.log('ClickHouse: up to date.');
    });
}

function counted(missing: number): string {
  if (missing === 0) return 'up to date';
  return missing === 1 ? 'one migration was missing and is applied' : `${missing} migrations were missing and are applied`;
}
