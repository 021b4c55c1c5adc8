import { selectRows } from '@/db/select-rows';
import type { OrgAccess } from '@/lib/access/org-access';
import { refuseImpossibleSandbox, unknownSandbox } from './sandbox-id';

const MOST_BOOTS = 20;

export interface Boot {
  at: Date;
  template: string;
  /** As the agent names it; '' where it named none. */
  mode: string;
  bootMs: number;
  fromSnapshot: string;
}

interface Row {
  at_ms: string;
  template: string;
  boot_mode: string;
  boot_ms: number;
  from_snapshot: string;
}

/**
 * The last boots of a sandbox, newest first; none for one that only has readings. Throws not_found, in the same words, for a
 * sandbox nobody reported and for one of another org, and dependency_unavailable.
 */
export async function getSandboxBoots({ org }: OrgAccess<'metrics:read'>, sandboxId: string): Promise<Boot[]> {
  refuseImpossibleSandbox(sandboxId);
  const own = { tenants: [org.id, org.tenantKey], sandbox: sandboxId };
  const where = 'workspace_id IN {tenants:Array(String)} AND sandbox_id = {sandbox:String}';
  const [boots, readings] = await Promise.all([
    selectRows<Row>(
      `SELECT toUnixTimestamp64Milli(ts) AS at_ms, template, boot_mode, boot_ms, from_snapshot
       FROM pandastack.boot_events WHERE ${where} ORDER BY ts DESC LIMIT {most:UInt32}`,
      { ...own, most: MOST_BOOTS },
      MOST_BOOTS,
    ),
    selectRows(`SELECT 1 AS known FROM pandastack.sandbox_metrics WHERE ${where} LIMIT 1`, own, 1),
  ]);
  if (boots.length === 0 && readings.length === 0) throw unknownSandbox();
  return boots.map(({ at_ms, template, boot_mode, boot_ms, from_snapshot }) => ({
    at: new Date(Number(at_ms)),
    template,
    mode: boot_mode,
    bootMs: Number(boot_ms),
    fromSnapshot: from_snapshot,
  }));
}
