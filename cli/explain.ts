import process from 'node:process';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { Command } from 'commander';
import { openClickhouse } from '@/db/clickhouse';
import { openDatabase } from '@/db/postgres';
import { findRequestThroughDoor } from '@/lib/audit/operator-door';
import { config } from '@/lib/config';
import { ERROR_GUIDE } from '@/lib/doctor/error-guide';
import { type Explanation, explainCredential, isCredential } from '@/lib/doctor/explain-credential';
import { ERROR_CODES, type ErrorCode, statusOf } from '@/lib/errors';
import { redactSecrets } from '@/lib/log';
import { type FoundRequest, findRequest } from '@/lib/requests/find-request';

const EXIT_REFUSED = 1;
const EXIT_NOTHING = 2;
const MARKS = { passed: '✓', failed: '✗', open: '·' } as const;

/** `pandastack explain`: why a credential is refused, or what became of a request. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('Says why this server refuses a token and what to do, or what became of a request. Changes nothing.')
    .argument('<what>', 'an access token, an API token, or a request id; - reads it from stdin, so that no history keeps it')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nEnds with 0 for what is accepted, 1 for what is refused, 2 when nothing is found.')
    .action(explain);
}

async function explain(what: string, { json = false }: { json?: boolean }): Promise<void> {
  const asked = (what === '-' ? await text(process.stdin) : what).trim().replace(/^(authorization: *)?bearer +/i, '');
  const secret = isCredential(asked);
  if (secret && what !== '-')
    console.error('The history of your shell may keep this token: next time pandastack explain - < FILE');
  const told = secret ? await tellCredential(asked) : await tellRequest(asked);
  console.log(json ? JSON.stringify(told.facts, null, 2) : printable(told.lines.join('\n')));
  process.exitCode = told.exitCode;
}

interface Told {
  facts: unknown;
  lines: string[];
  exitCode: number;
}

async function tellCredential(credential: string): Promise<Told> {
  // An access token is judged without it; only its memberships stay unknown.
  await openDatabase().catch((error: unknown) => {
    if (credential.startsWith('pds_')) throw error;
  });
  const facts = await explainCredential(credential);
  return { facts, lines: inWords(facts), exitCode: facts.refusal ? EXIT_REFUSED : 0 };
}

function inWords({ kind, says, rules, refusal, speaksFor }: Explanation): string[] {
  const read = Object.entries(says).map(([name, value]) => `  ${name.padEnd(12)} ${value}`);
  const verdict = refusal
    ? [`Refused: ${refusal.status} ${refusal.code}. ${refusal.message}.`, ...refusal.fixes.map((fix) => `  → ${fix}`)]
    : ['Accepted.', ...speaksFor.map((whom) => `  ${whom}`)];
  const judged = rules.map(({ rule, state }) => `${MARKS[state]} ${rule}`);
  return [`This is ${kind}.`, ...read, ...judged, ...verdict];
}

async function tellRequest(id: string): Promise<Told> {
  const facts = await requestOf(id);
  const { answers, events } = facts;
  if (answers.length + events.length === 0) {
    const why = 'Requests are kept for 30 days, audit events for a year; a token goes in whole.';
    return { facts, lines: [`Nothing is known of request ${id.slice(0, 64)}. ${why}`], exitCode: EXIT_NOTHING };
  }
  const refused = answers.some(({ status }) => status >= 400) || events.some(({ code }) => code !== '');
  return {
    facts,
    lines: [...answers.flatMap((row) => answerInWords(row, facts)), ...events.map(eventInWords)],
    exitCode: refused ? EXIT_REFUSED : 0,
  };
}

/** chDB belongs to the server while one is running; that one is asked then. */
async function requestOf(id: string): Promise<FoundRequest> {
  const { clickhouseUrl, dataDir } = config();
  const told = clickhouseUrl === null ? await findRequestThroughDoor(dataDir, id) : undefined;
  if (told) return told;
  await openDatabase();
  await openClickhouse();
  return findRequest(id);
}

type Answered = FoundRequest['answers'][number];

function answerInWords(
  { at_ms, method, route, status, duration_ms, actor_id, org_id }: Answered,
  { events }: FoundRequest,
): string[] {
  const whose = [actor_id && `by ${actor_id}`, org_id && `in organization ${org_id}`].filter(Boolean).join(' ');
  const first = `${new Date(at_ms).toISOString()}  ${method} ${route} → ${status} in ${duration_ms} ms ${whose || 'by nobody known'}`;
  if (status < 400) return [first];
  const told = ERROR_CODES.filter((code) => events.some((event) => event.code === code));
  if (told.length > 0) return [first, ...told.map((code) => `  ${meaning(code)}`)];
  const possible = ERROR_CODES.filter((code) => statusOf(code) === status);
  return [first, '  Its code was not kept; one of these:', ...possible.map((code) => `  ${meaning(code)}`)];
}

function meaning(code: ErrorCode): string {
  return `${code}: ${ERROR_GUIDE[code].means}. → ${ERROR_GUIDE[code].fix}.`;
}

function eventInWords({ action, target, code, actor_id }: FoundRequest['events'][number]): string {
  return `  audit: ${action} ${target}${code && ` (${code})`}${actor_id && ` by ${actor_id}`}`;
}

/** A hostile token may hold what terminals obey, and nothing here prints a secret back. */
function printable(lines: string): string {
  return redactSecrets(stripVTControlCharacters(lines)).replace(/[^\P{C}\n]/gu, '�');
}
