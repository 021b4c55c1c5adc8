import { getTableName, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/postgres';
import * as schema from '@/db/schema';

/** Statements that take our tables from Supabase's browser roles; none where those roles are not, or nothing is left to do. */
export async function planLock(database: Pick<Database, 'execute'>): Promise<string[]> {
  const names = Object.values(schema).map((table) => getTableName(table));
  const tables = sql`select c.oid, c.oid::regclass::text as name, c.relrowsecurity, c.relname from pg_class c
    where c.relkind in ('r', 'p') and pg_table_is_visible(c.oid)
    and c.relname in (${sql.join(
      names.map((name) => sql`${name}`),
      sql`, `,
    )})`;
  const granted = await readRows(
    database,
    sql`select t.name, coalesce(quote_ident(r.rolname), 'PUBLIC') as role from (${tables}) t
      join pg_class c on c.oid = t.oid cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
      where (a.grantee = 0 or r.rolname in ('anon', 'authenticated'))
      and exists (select 1 from pg_roles where rolname in ('anon', 'authenticated'))
      group by t.name, r.rolname order by t.name, r.rolname`,
  );
  const open = await readRows(
    database,
    sql`select t.name from (${tables}) t where not t.relrowsecurity
      and exists (select 1 from pg_roles where rolname in ('anon', 'authenticated')) order by t.name`,
  );
  return [
    ...granted.map(({ name, role }) => `REVOKE ALL ON ${name} FROM ${role}`),
    ...open.map(({ name }) => `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`),
  ];
}

/** Does what planLock() says, in one transaction, and returns it. The owner of the tables is not bound by row level security. */
export async function lockTables(database: Database): Promise<string[]> {
  return database.transaction(async (tx) => {
    const plan = await planLock(tx);
    for (const statement of plan) await tx.execute(sql.raw(statement));
    return plan;
  });
}

/** The rows of a query. */
export async function readRows(database: Pick<Database, 'execute'>, query: SQL): Promise<Record<string, unknown>[]> {
  return [...(await database.execute(query))];
}
