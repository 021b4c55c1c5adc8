import { randomBytes } from 'node:crypto';
import { lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { streamTickets } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { hashSecret } from '@/lib/auth/api-token';
import { DomainError } from '@/lib/errors';
import { locateSandbox } from './locate-sandbox';

const LIFETIME_SECONDS = 30;
const SECRET_BYTES = 32;

export const newTicket = z.object({
  path: z
    .string()
    .regex(/^(?:exec\/pty|exec\/ws|ssh|lsp\/[a-z0-9_-]{1,32})$/, 'is not exec/pty, exec/ws, ssh or lsp/{language}')
    .meta({ description: 'What the WebSocket opens below the sandbox.', examples: ['exec/pty'] }),
});

export interface Ticket {
  secret: string;
  expiresAt: Date;
}

/**
 * A pass for one WebSocket of this person to this path of this sandbox, for 30 seconds: a browser cannot send it an Authorization
 * header. Returns the only copy of the secret. Throws token_not_allowed for programs, which can; and what locateSandbox throws.
 */
export async function issueTicket(
  access: OrgAccess<'sandboxes:use'>,
  sandboxId: string,
  { path }: z.infer<typeof newTicket>,
): Promise<Ticket> {
  const { actor, orgId } = access;
  if (actor.type === 'token') {
    throw new DomainError('token_not_allowed', 'API tokens need no ticket', {
      hint: 'Send the token as a Bearer header with the WebSocket.',
    });
  }
  await locateSandbox(access, sandboxId);
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const { userId, email, authMethod, sessionId, aal } = actor;
  const [row] = await db()
    .insert(streamTickets)
    .values({
      secretHash: hashSecret(secret),
      orgId,
      userId,
      holder: { email, authMethod, sessionId, aal },
      sandboxId,
      path,
      expiresAt: sql`now() + make_interval(secs => ${LIFETIME_SECONDS})`,
    })
    .returning({ expiresAt: streamTickets.expiresAt });
  return { secret, expiresAt: row?.expiresAt ?? new Date() };
}

/** Forgets tickets that nobody used in time. Returns how many. */
export async function pruneTickets(): Promise<number> {
  const gone = await db()
    .delete(streamTickets)
    .where(lt(streamTickets.expiresAt, sql`now()`))
    .returning({ path: streamTickets.path });
  return gone.length;
}
