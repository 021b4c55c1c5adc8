import { db } from '@/db/postgres';
import { DomainError } from '@/lib/errors';
import type { DeclaredOrg, OrgFile } from './org-file';
import { findKnownAccounts, readOrgState } from './org-state';
import { type Change, type KnownAccounts, planOrg } from './plan-org';

export interface PlannedOrg {
  declared: DeclaredOrg;
  changes: Change[];
}

export interface Plan {
  orgs: PlannedOrg[];
  known: KnownAccounts;
}

/** What applying a file would do now, org by org. Changes nothing. Throws what planOrg() throws, with the org's name. */
export async function planOrgs({ orgs, match_known_addresses: match }: OrgFile): Promise<Plan> {
  const known = match ? await knownAccounts(orgs) : new Map<string, string>();
  const planned: PlannedOrg[] = [];
  for (const declared of orgs) {
    planned.push({
      declared,
      changes: named(declared, planOrg.bind(null, declared, await readOrgState(db(), declared.slug), known)),
    });
  }
  return { orgs: planned, known };
}

async function knownAccounts(orgs: DeclaredOrg[]): Promise<KnownAccounts> {
  const addresses = new Set(
    orgs.flatMap(({ members }) => members.flatMap(({ email, user_id }) => (email && !user_id ? [email] : []))),
  );
  const known = new Map<string, string>();
  for (const email of addresses) {
    const [account, another] = await findKnownAccounts(db(), email);
    if (account !== undefined && another === undefined) known.set(email, account);
  }
  return known;
}

function named<T>({ slug }: DeclaredOrg, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, `${slug}: ${error.message}`, error.hint === undefined ? {} : { hint: error.hint });
  }
}
