import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** What only the registry knows: holes that were found since, and whether it signed what is installed. Needs the network. */
const STEPS: [title: string, args: string[]][] = [
  ['no package with a known hole of severity high or critical', ['audit', '--audit-level=high']],
  ['every package is signed by the registry it came from', ['audit', 'signatures']],
];

function npm(args: string[]): boolean {
  const cli = process.env.npm_execpath;
  const options = { stdio: 'inherit' } as const;
  const result = cli?.endsWith('.js') ? spawnSync(process.execPath, [cli, ...args], options) : spawnSync('npm', args, options);
  return result.status === 0;
}

const failed = STEPS.filter(([title, args]) => {
  console.log(`\n── ${title}`);
  return !npm(args);
});
for (const [title] of failed) console.error(`FAILED: ${title}`);
process.exit(failed.length === 0 ? 0 : 1);
