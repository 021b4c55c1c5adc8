import { eq, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { streamTickets } from '@/db/schema';
import { authorizeOrg, type OrgAccess, widenAccess } from '@/lib/access/org-access';
import type { RequestOrigin } from '@/lib/auth/actor';
import { hashSecret } from '@/lib/auth/api-token';
import { traceActor } from '@/lib/auth/request-trace';
import { DomainError } from '@/lib/errors';

const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/**
 * Who a ticket lets in, once: it is gone with the first try, whatever comes of it, and whoever holds it is asked about again.
 * Throws invalid_token for one that was used, is too old, or was made for something else.
 */
export async function redeemTicket(
  secret: string,
  { sandboxId, path, origin }: { sandboxId: string; path: string; origin: RequestOrigin },
): Promise<OrgAccess<'sandboxes:use'>> {
  const ticket = SHAPE.test(secret) ? await takeTicket(secret) : undefined;
  if (!ticket || ticket.expired || ticket.sandboxId !== sandboxId || ticket.path !== path) {
    throw new DomainError('invalid_token', 'This ticket opens nothing here', {
      hint: 'A ticket opens one WebSocket, within 30 seconds, at the path it was made for: ask for a new one.',
    });
  }
  const actor = { type: 'user', userId: ticket.userId, accessToken: null, origin, ...ticket.holder } as const;
  traceActor(actor);
  return widenAccess(await authorizeOrg(actor, ticket.orgId, 'terminals:open'), 'sandboxes:use');
}

async function takeTicket(secret: string) {
  const [ticket] = await db()
    .delete(streamTickets)
    .where(eq(streamTickets.secretHash, hashSecret(secret)))
    .returning({
      orgId: streamTickets.orgId,
      userId: streamTickets.userId,
      holder: streamTickets.holder,
      sandboxId: streamTickets.sandboxId,
      path: streamTickets.path,
      expired: sql<boolean>`${streamTickets.expiresAt} <= now()`,
    });
  return ticket;
}
