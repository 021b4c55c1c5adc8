import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { verifyMailServer } from '@/lib/mail/send-mail';
import { type Check, type Finding, fine, skipped, trouble } from './finding';

const TIMEOUT_MS = 5_000;
const LEAST_FREE_BYTES = 1024 ** 3;

/** The mail server, without sending anything. */
export const checkMail: Check = async ({ config: { smtp } }) => {
  if (!smtp) return [skipped('mail', 'PANDASTACK_SMTP_URL is not set: invitations travel by link or by the auth server')];
  try {
    await verifyMailServer(smtp.url);
    return [fine('mail', 'the mail server lets this service in')];
  } catch {
    const fix = 'Check host, port, user and password in PANDASTACK_SMTP_URL';
    const words = { seen: 'the mail server does not let this service in', expected: 'a greeting and a sign-in', fix };
    return [trouble('mail', 'fail', { ...words, symptom: 'Invitations do not work' })];
  }
};

const TABLE_AND_RIGHTS = `SELECT count(), toUInt8(getSetting('readonly')) FROM system.tables
  WHERE database = 'pandastack' AND name = 'audit_log' FORMAT TabSeparated`;

/** A ClickHouse of its own: does it answer, may this service write there, and are the tables there. */
export const checkClickhouse: Check = async ({ config: { clickhouseUrl } }) => {
  if (!clickhouseUrl) return [skipped('clickhouse', 'chDB in the data folder belongs to the service')];
  const url = new URL(clickhouseUrl);
  const user = decodeURIComponent(url.username) || 'default';
  const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': decodeURIComponent(url.password) };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const asked = { method: 'POST', headers, body: TABLE_AND_RIGHTS, signal };
  const answer = await fetch(url.origin, asked).catch((error: unknown) => silence(error));
  if (typeof answer === 'string') return [clickhouseTrouble(answer)];
  if (answer.status !== 200) return [clickhouseTrouble(`ClickHouse answers with ${answer.status}`)];
  const [tables, readOnly] = (await answer.text()).trim().split('\t');
  if (readOnly !== undefined && readOnly !== '0')
    return [clickhouseTrouble('the user of PANDASTACK_CLICKHOUSE_URL may only read')];
  return [
    tables === '1' ? fine('clickhouse', 'ClickHouse answers') : skipped('clickhouse', 'the tables are made at the first start'),
  ];
};

/** A certificate is told from a server that is away: the fix is another. */
function silence(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!/CERT|SIGNATURE|ISSUER/.test(code)) return 'ClickHouse does not answer';
  return `the certificate of ClickHouse is not trusted (${code}): NODE_EXTRA_CA_CERTS names the file of an authority of your own`;
}

function clickhouseTrouble(seen: string): Finding {
  return trouble('clickhouse', 'fail', {
    seen,
    expected: 'a server that lets this service in and lets it write',
    fix: 'Check PANDASTACK_CLICKHOUSE_URL; audit events wait in Postgres until it answers',
  });
}

/** The folder of the embedded stores. */
export const checkDataFolder: Check = async ({ config: { dataDir, databaseUrl, clickhouseUrl } }) => {
  if (databaseUrl && clickhouseUrl) return [skipped('data-folder', 'both stores are servers of their own')];
  try {
    await access(dataDir, constants.W_OK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return [skipped('data-folder', 'the folder is made at the first start')];
    }
    const fix = 'Give it to the user that runs the service';
    return [
      trouble('data-folder', 'fail', { seen: 'PANDASTACK_DATA_DIR cannot be written', expected: 'a folder of its own', fix }),
    ];
  }
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize >= LEAST_FREE_BYTES) return [fine('data-folder', 'the data folder can be written and has room')];
  return [trouble('data-folder', 'warn', { seen: 'less than 1 GiB is free', expected: 'at least 1 GiB', fix: 'Make room' })];
};
