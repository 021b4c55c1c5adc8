import { Command } from 'commander';
import { openDatabase } from '@/db/postgres';
import { dropKeysEverywhere } from '@/lib/auth/key-drops';

/** `pandastack keys …`: the keys that access tokens are verified with. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('The keys that access tokens are verified with.');
  keys
    .command('drop')
    .description('Makes every running replica forget the keys it cached, at once: after a key was revoked in a hurry.')
    .action(async () => {
      await openDatabase();
      await dropKeysEverywhere();
      console.log('Every replica fetches its verification keys anew with the next token.');
    });
  return keys;
}
