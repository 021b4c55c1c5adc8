import { sql } from 'drizzle-orm';
import { isTransactionPooler } from '@/db/connect';
import { OLDEST_POSTGRES, schemaVersion, schemaVersions, serverVersion } from '@/db/migrate';
import type { Database } from '@/db/postgres';
import type { Config } from '@/lib/config';
import { listStubOrgs } from '@/lib/setup/warn-of-stub-rows';
import { checkMemberships } from './check-memberships';
import { checkRestore } from './check-restore';
import { type Finding, fine, skipped, trouble } from './finding';
import { planLock, readRows } from './lock-tables';

const MOST_WAITING = 1_000;

/** What can be wrong with the database itself and with the rows in it. Changes nothing and does not migrate. */
export async function checkDatabase(database: Database, config: Config): Promise<Finding[]> {
  const found = [await checkServer(database), ...checkTransport(config)];
  const [tables] = await readRows(
    database,
    sql`select to_regclass('orgs') is not null as orgs, to_regclass('org_invites') is not null as invites`,
  );
  if (tables?.orgs !== true)
    return [...found, await checkCreate(database), skipped('tables', 'the tables are made at the first start')];
  const invites = tables.invites === true ? fine('invites.table', 'org_invites exists') : invitesMissing();
  const locked = await checkLocks(database);
  return [
    ...found,
    await checkSchema(database),
    invites,
    locked,
    await checkStub(database, config),
    ...(await checkMemberships(database)),
    await checkBacklog(database),
    await checkRestore(database),
  ];
}

/** The finding for a database that does not answer. By its code alone: the driver's words may hold the address with its password. */
export function databaseAway(error: unknown): Finding {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return trouble('database', 'fail', {
    seen: `Postgres cannot be asked${code}`,
    expected: 'a database at PANDASTACK_DATABASE_URL that lets this service in',
    fix: 'Check host, port, user, password and name of the database in PANDASTACK_DATABASE_URL',
  });
}

async function checkServer(database: Database): Promise<Finding> {
  const version = await serverVersion(database);
  if (version >= OLDEST_POSTGRES) return fine('database', 'Postgres answers');
  const fix = 'Upgrade the server';
  return trouble('database', 'fail', { seen: `Postgres ${Math.floor(version / 10_000)}`, expected: 'Postgres 14 or newer', fix });
}

async function checkSchema(database: Database): Promise<Finding> {
  const known = schemaVersions();
  const version = await schemaVersion(database).catch(() => null);
  if (version === null) return skipped('database.schema', 'this role may not read drizzle.__drizzle_migrations');
  const missing = known.filter((one) => one > version).length;
  if (missing > 0)
    return skipped('database.schema', `the tables are from an older build; the next start migrates them (${missing})`);
  if (known.includes(version)) return fine('database.schema', 'the tables are those of this build');
  return trouble('database.schema', 'fail', {
    seen: 'a newer build of PandaStack has migrated the tables: this one refuses to start on them',
    expected: 'the build that migrated them, or a newer one',
    fix: 'Start that build, or restore a backup from before it',
  });
}

/** What the address alone tells of the way to the database. */
export function checkTransport({ databaseUrl }: Pick<Config, 'databaseUrl'>): Finding[] {
  const url = URL.parse(databaseUrl ?? '');
  if (!url) return [];
  const found: Finding[] = [];
  const local = ['', 'localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!local && !['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? '')) {
    found.push(
      trouble('database.ssl', 'warn', {
        seen: 'PANDASTACK_DATABASE_URL names another machine and does not ask for encryption',
        expected: 'sslmode=require or verify-full',
        fix: 'Add ?sslmode=verify-full to the URL (require, where the certificate is its own)',
      }),
    );
  }
  if (isTransactionPooler(url)) {
    found.push(
      trouble('database.pooler', 'warn', {
        seen:
          'PANDASTACK_DATABASE_URL names a transaction pooler: no prepared statements, replicas hear of dropped keys within 15 seconds, ' +
          'and only the role itself can carry a statement_timeout',
        expected: 'the session pooler or the database itself, port 5432',
        fix: 'Use the connection string of the session pooler',
      }),
    );
  }
  return found;
}

async function checkCreate(database: Database): Promise<Finding> {
  const [row] = await readRows(
    database,
    sql`select has_database_privilege(current_database(), 'create') and has_schema_privilege(current_schema(), 'create') as may, quote_ident(current_user) as role, quote_ident(current_database()) as name`,
  );
  if (row?.may === true) return fine('database.create', 'the role may make its tables');
  return trouble('database.create', 'fail', {
    seen: 'the role of PANDASTACK_DATABASE_URL may not create tables',
    expected: 'a role that owns the database',
    fix: 'Make the role its owner',
    command: `ALTER DATABASE ${row?.name} OWNER TO ${row?.role};`,
  });
}

function invitesMissing(): Finding {
  return trouble('invites.table', 'fail', {
    seen: 'the table org_invites is missing',
    expected: 'the tables that the service makes when it starts',
    fix: 'Start the service once with a role that may create tables, and restore the table if somebody dropped it',
    symptom: 'Invitations do not work',
  });
}

async function checkLocks(database: Database): Promise<Finding> {
  const bound = await readRows(
    database,
    sql`select c.oid::regclass::text as name from pg_class c where c.relname in ('orgs', 'org_members', 'org_invites', 'user_current_org', 'api_tokens')
      and pg_table_is_visible(c.oid) and row_security_active(c.oid) order by 1`,
  );
  if (bound.length > 0) return rowsHidden(bound.map(({ name }) => String(name)));
  const plan = await planLock(database);
  if (plan.length === 0) return fine('database.exposed', 'the browser roles of Supabase reach none of our tables');
  const granted = plan.some((statement) => statement.startsWith('REVOKE'));
  return trouble('database.exposed', granted ? 'fail' : 'warn', {
    seen: granted
      ? 'anon or authenticated holds rights on our tables: the key of the browser may reach them past the API'
      : 'our tables have no row level security, which would hold if a right were granted by mistake',
    expected: 'no rights, and row level security without policies',
    fix: 'Lock the tables; the service goes on as their owner',
    command: 'pandastack lock-tables --yes',
    symptom: 'RLS errors in Supabase',
  });
}

function rowsHidden(names: string[]): Finding {
  return trouble('database.rls', 'fail', {
    seen: `row level security hides rows of ${names.join(', ')} from the role of PANDASTACK_DATABASE_URL`,
    expected: 'a role that owns the tables, with row level security not forced upon owners',
    fix: 'Connect as the owner of the tables, or no longer force row level security upon it',
    command: names.map((name) => `ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY;`).join(' '),
    symptom: 'RLS errors in Supabase',
  });
}

async function checkStub(database: Database, { mode, stub }: Config): Promise<Finding> {
  const left = mode === 'stub' ? [] : await listStubOrgs(database, stub.userId);
  if (left.length === 0) return fine('stub-rows', 'no organization of stub mode is left');
  return trouble('stub-rows', 'warn', {
    seen: `the stub user belongs to ${left.join(', ')}`,
    expected: 'members who can sign in',
    fix: 'Give these organizations to a person by SQL, or remove them',
    symptom: 'Dashboard has Supabase config but API still accepts local token',
  });
}

async function checkBacklog(database: Database): Promise<Finding> {
  const [table] = await readRows(database, sql`select to_regclass('audit_outbox') is not null as there`);
  if (table?.there !== true) return skipped('audit.backlog', 'the tables are from an older build; the next start migrates them');
  const [row] = await readRows(database, sql`select count(*)::int as waiting from audit_outbox`);
  const waiting = Number(row?.waiting);
  if (waiting <= MOST_WAITING) return fine('audit.backlog', 'audit events reach ClickHouse');
  return trouble('audit.backlog', 'warn', {
    seen: `${waiting} audit events wait for ClickHouse`,
    expected: `at most ${MOST_WAITING}`,
    fix: 'Check PANDASTACK_CLICKHOUSE_URL and the log of the service',
  });
}
