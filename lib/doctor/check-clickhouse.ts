import { newestClickhouseVersion } from '@/db/migrate-clickhouse';
import { type Check, type Finding, fine, skipped, trouble } from './finding';

const TIMEOUT_MS = 5_000;
/** What docs/audit-log.md asks for. */
const RIGHTS = ['SELECT', 'INSERT', 'ALTER', 'CREATE'];

/** A ClickHouse of its own: does it answer, may its user do what is needed, and are the tables those of this build. */
export const checkClickhouse: Check = async ({ config: { clickhouseUrl } }) => {
  if (!clickhouseUrl) return [];
  const answer = await ask(
    clickhouseUrl,
    "SELECT count() FROM system.tables WHERE database = 'pandastack' AND name = 'audit_log'",
  );
  if ('silence' in answer) return [away(answer.silence)];
  if (answer.status !== 200) return [away(`ClickHouse answers with ${answer.status}`)];
  const there = answer.text === '1';
  return [fine('clickhouse', 'ClickHouse answers'), await checkRights(clickhouseUrl), await checkTables(clickhouseUrl, there)];
};

function away(seen: string): Finding {
  return trouble('clickhouse', 'fail', {
    seen,
    expected: 'a server that lets this service in',
    fix: 'Check PANDASTACK_CLICKHOUSE_URL; audit events wait in Postgres until it answers',
  });
}

async function checkRights(url: string): Promise<Finding> {
  const answers = await Promise.all(RIGHTS.map((right) => ask(url, `CHECK GRANT ${right} ON pandastack.*`)));
  const missing = RIGHTS.filter((_, index) => textOf(answers[index]) === '0');
  if (missing.length > 0) {
    return trouble('clickhouse.rights', 'fail', {
      seen: `the user of PANDASTACK_CLICKHOUSE_URL lacks ${missing.join(', ')} on pandastack.*`,
      expected: 'SELECT, INSERT, ALTER and CREATE on pandastack.*',
      fix: 'Grant them; audit events wait in Postgres until then. USER is yours to put in',
      command: `GRANT ${missing.join(', ')} ON pandastack.* TO USER`,
    });
  }
  // CHECK GRANT is younger than the oldest server that is supported.
  if (answers.some((answer) => textOf(answer) !== '1'))
    return skipped('clickhouse.rights', 'this ClickHouse does not tell what its user may do');
  return fine('clickhouse.rights', 'its user may do what is needed');
}

async function checkTables(url: string, there: boolean): Promise<Finding> {
  if (!there) return skipped('clickhouse.schema', 'the tables are made at the first start');
  const answer = await ask(url, 'SELECT max(version) FROM pandastack.schema_migrations');
  return schemaFinding('status' in answer && answer.status === 200 ? Number(answer.text) : 0);
}

/** What a version of the tables means to this build. */
export function schemaFinding(version: number): Finding {
  const newest = newestClickhouseVersion();
  if (version < newest)
    return skipped('clickhouse.schema', 'the tables are from an older build; the next start brings them up to date');
  if (version === newest) return fine('clickhouse.schema', 'the tables are those of this build');
  return trouble('clickhouse.schema', 'warn', {
    seen: 'a newer build of PandaStack has changed the tables in ClickHouse',
    expected: 'the build that changed them, or a newer one',
    fix: 'Start that build; this one goes on with the columns it knows',
  });
}

type Answer = { status: number; text: string } | { silence: string };

const textOf = (answer: Answer | undefined) => (answer && 'text' in answer ? answer.text : undefined);

async function ask(clickhouseUrl: string, body: string): Promise<Answer> {
  const url = new URL(clickhouseUrl);
  const user = decodeURIComponent(url.username) || 'default';
  const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': decodeURIComponent(url.password) };
  try {
    const answer = await fetch(url.origin, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: answer.status, text: (await answer.text()).trim() };
  } catch (error) {
    return { silence: silenceOf(error) };
  }
}

/** A certificate is told from a server that is away: the fix is another. */
function silenceOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!/CERT|SIGNATURE|ISSUER/.test(code)) return 'ClickHouse does not answer';
  return `the certificate of ClickHouse is not trusted (${code}): NODE_EXTRA_CA_CERTS names the file of an authority of your own`;
}
