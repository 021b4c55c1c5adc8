import { chmodSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { findPostmaster } from '@/db/embedded/postmaster';
import { startEmbeddedPostgres } from '@/db/embedded-postgres';
import { withConnection } from '@/db/postgres';
import { roundsOr } from './support/faulty-world';

const WRITERS = 4;

it.each([
  ['global/pg_control', (folder: string) => truncateSync(join(folder, 'global', 'pg_control'), 100)],
  ['PG_VERSION', (folder: string) => rmSync(join(folder, 'PG_VERSION'))],
])('D25 a built-in database whose %s is damaged is refused in words, and never begun anew', async (_file, damage) => {
  const data = ownFolder();
  const server = await startEmbeddedPostgres(data);
  await withConnection(server.url, (database) => database.execute(sql`create table kept (id int)`));
  await server.stop();
  damage(server.folder);
  await expect(startEmbeddedPostgres(data)).rejects.toThrow(/PostgreSQL|pg_control|PG_VERSION|postgres/);
});

it('D26 a built-in database killed while it is written to has every row that it acknowledged', async () => {
  const data = ownFolder();
  for (let round = 0; round < roundsOr(2); round++) {
    const server = await startEmbeddedPostgres(data);
    await withConnection(server.url, (database) => database.execute(sql`create table if not exists written (round int, n int)`));
    const acknowledged = Array.from({ length: WRITERS }, () => 0);
    const writing = acknowledged.map((_, writer) =>
      withConnection(server.url, async (database) => {
        for (let n = 1; ; n++) {
          await database.execute(sql`insert into written values (${round * WRITERS + writer}, ${n})`);
          acknowledged[writer] = n;
        }
      }).catch(() => {}),
    );
    await expect.poll(() => Math.min(...acknowledged)).toBeGreaterThan(20);
    const { pid } = findPostmaster(server.folder) ?? {};
    if (pid === undefined) throw new Error('the server is not there');
    process.kill(pid, 'SIGKILL');
    await Promise.all(writing);
    await server.stop();
    const again = await startEmbeddedPostgres(data);
    const kept = await withConnection(again.url, (database) =>
      database.execute<{
        writer: number;
        rows: number;
        last: number;
      }>(sql`select round % ${WRITERS} as writer, count(*)::int as rows, max(n)::int as last
        from written where round / ${WRITERS} = ${round} group by round order by round`),
    );
    await again.stop();
    for (const { writer, rows, last } of kept) {
      expect(rows).toBe(last);
      expect(last).toBeGreaterThanOrEqual(acknowledged[writer] ?? 0);
    }
    expect(kept.length).toBe(WRITERS);
  }
});

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-fault-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
