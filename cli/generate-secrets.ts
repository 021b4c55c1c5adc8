import { Command } from 'commander';
import { generateSecrets } from '@/lib/setup/generate-secrets';

/** `pandastack generate-secrets`: lines for the .env file of deploy/self-hosted. Needs no configuration. */
export function generateSecretsCommand(): Command {
  return new Command('generate-secrets')
    .description('Prints fresh passwords, a JWT secret and the two keys signed with it, as lines of an .env file.')
    .action(() => {
      for (const [name, value] of Object.entries(generateSecrets())) console.log(`${name}=${value}`);
    });
}
