import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { openDatabase } from '@/db/postgres';
import { applyOrg, type NewLink } from '@/lib/orgs-as-code/apply-org';
import { planOrgs } from '@/lib/orgs-as-code/plan-orgs';
import { presentPlan } from '@/lib/orgs-as-code/present-plan';
import { readOrgFile } from '@/lib/orgs-as-code/read-org-file';
import { confirm } from './confirm';

interface ApplyOptions {
  plan?: boolean;
  yes?: boolean;
}

// The command changes its folder before it runs.
const startedIn = process.cwd();

/** `pandastack apply`: organizations and their people as a file says. */
export function applyCommand(): Command {
  return new Command('apply')
    .description(
      'Makes organizations, their settings and their people what a YAML file says. Nobody is removed without prune: true.',
    )
    .argument('<file>', 'the file; - reads standard input')
    .option('--plan', 'says what would be done, and does nothing')
    .option('--yes', 'does it without asking')
    .action(apply);
}

async function apply(file: string, { plan: onlyPlan = false, yes = false }: ApplyOptions): Promise<void> {
  const text = readFileSync(file === '-' ? process.stdin.fd : resolve(startedIn, file), 'utf8');
  const declared = readOrgFile(text, file === '-' ? 'stdin' : file);
  await openDatabase();
  const { orgs, known } = await planOrgs(declared);
  console.log(presentPlan(orgs));
  if (onlyPlan || orgs.every(({ changes }) => changes.length === 0)) return;
  if (!(await confirm('Apply this?', yes))) return console.log('Nothing was changed.');
  for (const org of orgs) tell(await applyOrg(org, known));
  console.log('Applied.');
}

/** As soon as they are made: should a later org fail, these links are told nowhere else. */
function tell(links: NewLink[]): void {
  for (const { org, email, role, url } of links)
    console.log(`${org}: pass this on to ${email} (${role}), it is shown once: ${url}`);
}
