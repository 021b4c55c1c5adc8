import process from 'node:process';
import { Command } from 'commander';
import { openClickhouse } from '@/db/clickhouse';
import { openDatabase } from '@/db/postgres';
import { findChain } from '@/lib/audit/find-chain';
import { verifyThroughDoor } from '@/lib/audit/operator-door';
import { type PresentedChainReport, presentChainReport } from '@/lib/audit/present-chain-report';
import { listChains, verifyChain } from '@/lib/audit/verify-chain';
import { config } from '@/lib/config';

interface VerifyOptions {
  org?: string;
  json?: boolean;
}

/** `pandastack audit …`: the audit log. */
export function auditCommand(): Command {
  const audit = new Command('audit').description('The audit log.');
  audit
    .command('verify')
    .description(
      'Checks that no audit event is missing, altered, reordered or added, and names the first that is. Ends with 1 then.',
    )
    .option('--org <id|slug>', 'this organization only; a deleted one by its id')
    .option('--json', 'a JSON object a line, with the head of each chain')
    .action(verify);
  return audit;
}

async function verify({ org, json = false }: VerifyOptions): Promise<void> {
  await openDatabase();
  const orgIds = org === undefined ? await listChains() : [await findChain(org)];
  for (const orgId of orgIds) {
    const report = await reportOf(orgId);
    console.log(json ? JSON.stringify(report) : inWords(report));
    if (!report.intact) process.exitCode = 1;
  }
}

/** chDB belongs to the server while one is running; that one is asked then. */
async function reportOf(orgId: string): Promise<PresentedChainReport> {
  const { clickhouseUrl, dataDir } = config();
  const told = clickhouseUrl === null ? await verifyThroughDoor(dataDir, orgId) : undefined;
  if (told) return told;
  await openClickhouse();
  return presentChainReport(await verifyChain(orgId));
}

function inWords({ org_id: org, intact, verified, waiting, expired, unchained, break: found }: PresentedChainReport): string {
  if (!intact && found) {
    const where = [found.seq && `at event ${found.seq}`, found.event_id && `id ${found.event_id}`].filter(Boolean).join(', ');
    return `${org}  BROKEN ${where}: ${found.meaning} (${found.kind}). ${verified} events before it hold.`;
  }
  const more = [
    waiting > 0 && `${waiting} of them wait for ClickHouse`,
    expired > 0 && `${expired} older ones have expired`,
    unchained > 0 && `${unchained} are from before the chain`,
  ].filter(Boolean);
  return `${org}  intact: ${verified} ${verified === 1 ? 'event' : 'events'}${more.length > 0 ? `; ${more.join('; ')}` : ''}`;
}
