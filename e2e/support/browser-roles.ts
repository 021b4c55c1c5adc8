import { sql } from 'drizzle-orm';
import { withConnection } from '@/db/postgres';
import { lockTables } from '@/lib/doctor/lock-tables';

// As Supabase has them. They belong to the whole server, so they are made once and stay.
const ROLES = ['anon', 'authenticated', 'service_role bypassrls'];

/** Makes Supabase's roles on the server of a database, and takes its tables from them: what the doctor wants to see. */
export async function lockFromBrowserRoles(url: string): Promise<void> {
  await withConnection(url, async (database) => {
    for (const role of ROLES) {
      const statement = `do $$ begin create role ${role}; exception when duplicate_object or unique_violation then null; end $$`;
      await database.execute(sql.raw(statement));
    }
    await lockTables(database);
  });
}
