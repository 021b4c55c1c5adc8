import { db } from '@/db/postgres';
import { usageEvents } from '@/db/schema';

const DAYS = 60;
const TEMPLATES = [
  { template: 'base', cpuCount: 1, memMb: 512 },
  { template: 'python', cpuCount: 2, memMb: 1_024 },
  { template: 'node', cpuCount: 2, memMb: 2_048 },
];

/** Two months of sandboxes that ran and ended: more of them on working days, and more as time goes by. */
export async function addUsage(orgId: string): Promise<void> {
  const now = Math.floor(Date.now() / 1_000);
  const rows = Array.from({ length: DAYS }, (_, ago) => eventsOf(now, ago)).flat();
  await db()
    .insert(usageEvents)
    .values(rows.map((row) => ({ ...row, workspace: orgId, event: 'stopped' })));
}

function eventsOf(now: number, daysAgo: number) {
  const weekday = new Date((now - daysAgo * 86_400) * 1_000).getUTCDay();
  const busy = (weekday % 6 === 0 ? 4 : 14) + Math.floor((DAYS - daysAgo) / 8);
  return Array.from({ length: busy }, (_, index) => {
    const seed = (daysAgo * 31 + index * 17) % 97;
    const durationSec = 300 + seed * 110;
    return {
      ...(TEMPLATES[seed % 3] ?? {}),
      sandboxId: `sbx-${(daysAgo * 7 + index) % 40}`,
      ts: now - daysAgo * 86_400 - Math.floor((index / busy) * 70_000),
      durationSec,
    };
  });
}
