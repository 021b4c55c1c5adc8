import process from 'node:process';
import { Command } from 'commander';
import { closeClickhouse } from '@/db/clickhouse';
import { closeDatabase } from '@/db/postgres';
import { ConfigError, config } from '@/lib/config';
import { asDomainError } from '@/lib/errors';
import { applyCommand } from './apply';
import { auditCommand } from './audit';
import { backupCommand, restoreCommand } from './backup';
import { billingCommand } from './billing';
import { doctorCommand } from './doctor';
import { explainCommand } from './explain';
import { exportCommand } from './export';
import { generateSecretsCommand } from './generate-secrets';
import { keysCommand } from './keys';
import { lockTablesCommand } from './lock-tables';
import { migrateCommand } from './migrate';
import { provisionOwnerCommand } from './provision-owner';
import { setupCodeCommand } from './setup-code';

const EXIT_CONFIG = 78;
/** The one makes what a configuration is made of, the other examines what cannot be used, too. */
const WITHOUT_CONFIGURATION = new Set(['generate-secrets', 'doctor']);

/** The `pandastack` command: for the operator of a server, on its machine, with its configuration. One file a command. */
async function main(): Promise<void> {
  const program = new Command('pandastack').description(
    'Operates a PandaStack control plane with the configuration it runs with.',
  );
  program.addCommand(applyCommand());
  program.addCommand(auditCommand());
  program.addCommand(backupCommand());
  program.addCommand(billingCommand());
  program.addCommand(doctorCommand());
  program.addCommand(explainCommand());
  program.addCommand(exportCommand());
  program.addCommand(generateSecretsCommand());
  program.addCommand(keysCommand());
  program.addCommand(lockTablesCommand());
  program.addCommand(migrateCommand());
  program.addCommand(provisionOwnerCommand());
  program.addCommand(restoreCommand());
  program.addCommand(setupCodeCommand());
  program.hook('preAction', (_program, command) => {
    if (WITHOUT_CONFIGURATION.has(command.name())) return;
    config(); // Before the change of folder: a relative PANDASTACK_DATA_DIR is the caller's.
    if (process.argv[1]?.endsWith('cli.mjs')) process.chdir(import.meta.dirname);
  });
  await program.parseAsync();
}

/** What stands on the terminal: words where they are known. */
function inWords(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, message, hint } = asDomainError(error);
  if (code !== 'internal_error') return hint ? `${message}\n${hint}` : message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main()
  .catch((error: unknown) => {
    console.error(inWords(error));
    process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1;
  })
  .finally(closeClickhouse)
  .finally(closeDatabase);
