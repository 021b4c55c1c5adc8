import { eq, type SQL, sql } from 'drizzle-orm';
import { db, type Transaction } from '@/db/postgres';
import { apiTokens } from '@/db/schema';
import { holdAccess } from '@/lib/access/hold-access';
import type { OrgAccess } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { isId } from '@/lib/input/fields';
import { revocable, unknownToken } from './revocable';

/** Ends a token at once, on every replica. Members end their own. Throws token_not_found. */
export async function revokeToken(access: OrgAccess<'tokens:revoke'>, tokenId: string): Promise<void> {
  if (!isId(tokenId)) throw unknownToken();
  await db().transaction(async (tx) => {
    const role = await holdAccess(tx, access, 'tokens:revoke');
    await revoke(tx, { ...access, role }, eq(apiTokens.id, tokenId));
  });
}

/** Ends the token lists show by this prefix. Throws token_not_found, or ambiguous_prefix rather than ending several. */
export async function revokeTokenByPrefix(access: OrgAccess<'tokens:revoke'>, prefix: string): Promise<void> {
  await db().transaction(async (tx) => {
    const held = { ...access, role: await holdAccess(tx, access, 'tokens:revoke') };
    const found = await tx
      .select({ id: apiTokens.id })
      .from(apiTokens)
      .where(revocable(held, eq(apiTokens.prefix, prefix)));
    if (found.length > 1) {
      throw new DomainError('ambiguous_prefix', 'Several tokens begin like this', {
        hint: 'Revoke the one you mean by its id, on the tokens page.',
      });
    }
    await revoke(tx, held, eq(apiTokens.prefix, prefix));
  });
}

async function revoke(tx: Transaction, access: OrgAccess<'tokens:revoke'>, which: SQL): Promise<void> {
  const { actor, orgId } = access;
  const [token] = await tx.update(apiTokens).set({ revokedAt: sql`now()` }).where(revocable(access, which)).returning();
  if (!token) throw unknownToken();
  const metadata = { label: token.label, prefix: token.prefix, role: token.role, before: 'active', after: 'revoked' };
  await recordAudit(tx, { orgId, actor, action: 'token.revoked', targetType: 'token', targetId: token.id, metadata });
}
