import { randomUUIDv7 } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { auditOutbox, orgMembers } from '@/db/schema';
import type { AuditAction } from '@/lib/audit/audit-actions';

const HOUR_MS = 3_600_000;

interface Happening {
  hoursAgo: number;
  action: AuditAction;
  target: [type: string, id: string];
  metadata: Record<string, unknown>;
}

/** What happens in a team in a month: people come, change their roles and go, tokens are made and end. */
const MONTH: Happening[] = [
  happening(700, 'invite.created', ['invite', 'demo-1'], { email: 'grace@example.com', role: 'admin' }),
  happening(698, 'invite.accepted', ['invite', 'demo-1'], { email: 'grace@example.com', role: 'admin' }),
  happening(698, 'member.joined', ['member', 'demo-grace'], { email: 'grace@example.com', role: 'admin' }),
  happening(640, 'token.created', ['token', 'demo-t1'], { label: 'CI', prefix: 'pds_4kQz81mn', role: 'member' }),
  happening(610, 'invite.created', ['invite', 'demo-2'], { email: 'alan@example.com', role: 'member' }),
  happening(590, 'invite.resent', ['invite', 'demo-2'], { email: 'alan@example.com' }),
  happening(588, 'member.joined', ['member', 'demo-alan'], { email: 'alan@example.com', role: 'member' }),
  happening(420, 'org.renamed', ['org', 'demo'], { before: 'Acme', after: 'Acme Research' }),
  happening(300, 'token.created', ['token', 'demo-t2'], { label: 'nightly evaluation', prefix: 'pds_Zr02yTqa', role: 'member' }),
  happening(180, 'member.role_changed', ['member', 'demo-alan'], { before: 'member', after: 'admin', email: 'alan@example.com' }),
  happening(120, 'token.revoked', ['token', 'demo-t1'], { label: 'CI', prefix: 'pds_4kQz81mn' }),
  happening(50, 'invite.created', ['invite', 'demo-3'], { email: 'kurt@example.com', role: 'member' }),
  happening(26, 'invite.declined', ['invite', 'demo-3'], { email: 'kurt@example.com' }),
  happening(5, 'org.mfa_changed', ['org', 'demo'], { before: false, after: true }),
];

/** Puts the month's events into the outbox, told by the org's first owner. */
export async function addTrail(orgId: string): Promise<void> {
  const [owner] = await db().select().from(orgMembers).where(eq(orgMembers.orgId, orgId)).orderBy(orgMembers.joinedAt).limit(1);
  const rows = MONTH.map(({ hoursAgo, action, target: [targetType, targetId], metadata }) => ({
    id: randomUUIDv7(),
    orgId,
    createdAt: new Date(Date.now() - hoursAgo * HOUR_MS),
    payload: {
      actor_id: owner?.userId ?? '',
      actor_type: 'user',
      action,
      target_type: targetType,
      target_id: targetId,
      request_id: 'demo',
      ip: '192.0.2.10',
      user_agent: 'Mozilla/5.0',
      metadata: JSON.stringify({ ...metadata, actor_email: owner?.email ?? '' }),
    },
  }));
  await db().insert(auditOutbox).values(rows);
}

function happening(
  hoursAgo: number,
  action: AuditAction,
  target: Happening['target'],
  metadata: Happening['metadata'],
): Happening {
  return { hoursAgo, action, target, metadata };
}
