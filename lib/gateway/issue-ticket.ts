import { randomBytes } from 'node:crypto';
import { lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { streamTickets } from '@/db/schema';
import { type OrgAccess, widenAccess } from '@/lib/access/org-access';
import { hashSecret } from '@/lib/auth/api-token';
import { DomainError } from '@/lib/errors';
import { answeredTime } from '@/lib/input/answer-fields';
import { locateSandbox } from './locate-sandbox';

const LIFETIME_SECONDS = 30;
const SECRET_BYTES = 32;

export const newTicket = z.strictObject({
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
 * header; programs do. Returns the only copy of the secret. Throws what locateSandbox throws.
 */
export async function issueTicket(
  access: OrgAccess<'terminals:open'>,
  sandboxId: string,
  { path }: z.infer<typeof newTicket>,
): Promise<Ticket> {
  const { actor, orgId } = access;
  if (actor.type === 'token') throw new DomainError('token_not_allowed', 'API tokens cannot do this');
  await locateSandbox(widenAccess(access, 'sandboxes:use'), sandboxId);
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

export const ticketAnswer = z.object({
  ticket: z.string().meta({ description: 'Goes into the query of the WebSocket’s address as `ticket`, once.' }),
  expires_at: answeredTime,
});

export function presentTicket({ secret, expiresAt }: Ticket): z.infer<typeof ticketAnswer> {
  return { ticket: secret, expires_at: expiresAt.toISOString() };
}

/** Forgets tickets that nobody used in time. Returns how many. */
export async function pruneTickets(): Promise<number> {
  const gone = await db()
    .delete(streamTickets)
    .where(lt(streamTickets.expiresAt, sql`now()`))
    .returning({ path: streamTickets.path });
  return gone.length;
}
