import { resolve } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { withConfiguredDatabase } from '@/db/postgres';
import { acknowledgeRestores } from '@/lib/backup/acknowledge-restore';
import { type RestoreReport, restoreBackup } from '@/lib/backup/restore-backup';
import { writeBackup } from '@/lib/backup/write-backup';
import { DomainError } from '@/lib/errors';
import { confirm } from './confirm';

// The command changes its folder before it runs.
const startedIn = process.cwd();

/** `pandastack backup`: everything in Postgres, in one file. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('Writes every table of the control plane in Postgres, as of one moment, into one file. The server may go on.')
    .argument('<file>', 'a new file, such as pandastack.backup.gz; it holds people’s addresses: keep it like the database')
    .action(async (file: string) => {
      const path = resolve(startedIn, file);
      const { tables, rows } = await withConfiguredDatabase((database) => writeBackup(database, path));
      console.log(`Wrote ${rows} rows of ${tables} tables to ${path}.`);
    });
}

interface RestoreOptions {
  replace?: boolean;
  yes?: boolean;
  acknowledge?: boolean;
}

/** `pandastack restore`: the other way. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('Puts a backup into an empty database, whole or not at all. Stop the server first.')
    .argument('[file]', 'what pandastack backup wrote')
    .option('--replace', 'in place of everything the database holds')
    .option('--yes', 'replaces without asking')
    .option(
      '--acknowledge',
      'without a file: you have looked through what the last restore brought back, and the doctor may stop',
    )
    .action((file: string | undefined, options: RestoreOptions) =>
      options.acknowledge ? acknowledge() : restore(file, options),
    );
}

async function restore(file: string | undefined, { replace = false, yes = false }: RestoreOptions): Promise<void> {
  if (file === undefined) {
    throw new DomainError('validation_failed', 'Which file?', {
      hint: 'pandastack restore FILE, as pandastack backup wrote it.',
    });
  }
  if (replace && !(await confirm('Everything in the database will be replaced. Go on?', yes))) {
    return console.log('Nothing was changed.');
  }
  const path = resolve(startedIn, file);
  tell(await withConfiguredDatabase((database) => restoreBackup(database, path, { replace })), replace);
}

async function acknowledge(): Promise<void> {
  const told = await withConfiguredDatabase(acknowledgeRestores);
  console.log(told > 0 ? 'The doctor tells of this restore no more.' : 'There was nothing to acknowledge.');
}

const MOST_LINES = 50;

function tell({ madeAt, tables, rows, revived }: RestoreReport, replaced: boolean): void {
  console.log(`Restored ${rows} rows of ${tables} tables, as of ${madeAt}.`);
  console.log(
    `\nWhat was ended after ${madeAt} is back. ${replaced ? 'Against what was here a moment ago:' : 'The database was empty, so this is all there is:'}`,
  );
  for (const [name, title] of Object.entries(TITLES) as [keyof typeof TITLES, string][]) {
    const lines = revived[name];
    console.log(`\n  ${title}: ${lines.length}`);
    for (const line of lines.slice(0, MOST_LINES)) console.log(`    ${line}`);
    if (lines.length > MOST_LINES) console.log(`    … and ${lines.length - MOST_LINES} more`);
  }
  console.log(
    '\nRevoke what must not be. The audit log tells what was ended since; see docs/backup.md. Then: pandastack restore --acknowledge',
  );
}

const TITLES = { tokens: 'API tokens that work', members: 'Memberships', invites: 'Open invites' } as const;
