import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { prepareOnce } from '@/db/prepare-once';
import { apiTokens, orgMembers, orgs } from '@/db/schema';
import { DomainError } from '@/lib/errors';
import type { RequestOrigin, Role, TokenActor } from './actor';
import { isLimited } from './limit-failures';
import { noteTokenUse } from './note-token-use';
import { orgSummaryColumns } from './org-summary';
import { traceOf } from './request-trace';
import { lowerRole } from './role';
import { hasWrongChecksum } from './token-checksum';

/** Adopted tokens may have another shape behind the prefix, so the checksum is not demanded here. */
const SHAPE = /^pds_[A-Za-z0-9_-]{16,200}$/;

/** Hex SHA-256: enough for a secret of 160 random bits and more, and searchable. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/**
 * Who an API token speaks for, in one query: it is dead with its org, its expiry, its revocation and its creator's membership.
 * Throws DomainError invalid_api_token or api_token_expired.
 */
export async function authenticateApiToken(token: string, origin: RequestOrigin): Promise<TokenActor> {
  // A search for tokens must not keep the database busy: once its sender is over the limit, a wrong checksum is enough.
  const found =
    SHAPE.test(token) && !(hasWrongChecksum(token) && (await isLimited(origin.ip)))
      ? await findToken(hashSecret(token))
      : undefined;
  const role = found && presentRole(found);
  if (found) traceOf(origin).askedOrgId = found.org.id;
  if (!found || !role || found.revokedAt) {
    throw new DomainError('invalid_api_token', 'This API token is not valid', {
      hint: 'It may have been revoked; mint a new one on the tokens page.',
    });
  }
  if (found.expired)
    throw new DomainError('api_token_expired', 'This API token has expired', { hint: 'Mint a new one on the tokens page.' });
  noteTokenUse(found.tokenId);
  return {
    type: 'token',
    tokenId: found.tokenId,
    userId: found.createdBy ?? '',
    email: found.creatorEmail ?? '',
    role,
    org: found.org,
    authMethod: 'token',
    origin,
  };
}

type FoundToken = NonNullable<Awaited<ReturnType<typeof findToken>>>;

/** Never above the creator's role of today. Adopted tokens have no creator and are members. */
function presentRole({ createdBy, tokenRole, creatorRole }: FoundToken): Role | undefined {
  return createdBy === null ? lowerRole(tokenRole, 'member') : lowerRole(tokenRole, creatorRole);
}

async function findToken(hash: string) {
  const [found] = await tokenByHash().execute({ hash });
  return found;
}

const tokenByHash = prepareOnce((database) =>
  database
    .select({
      tokenId: apiTokens.id,
      createdBy: apiTokens.createdBy,
      tokenRole: apiTokens.role,
      revokedAt: apiTokens.revokedAt,
      expired: sql<boolean>`coalesce(${apiTokens.expiresAt} <= now(), false)`,
      creatorRole: orgMembers.role,
      creatorEmail: orgMembers.email,
      org: orgSummaryColumns,
    })
    .from(apiTokens)
    .innerJoin(orgs, eq(orgs.id, apiTokens.orgId))
    .leftJoin(orgMembers, and(eq(orgMembers.orgId, apiTokens.orgId), eq(orgMembers.userId, apiTokens.createdBy)))
    .where(eq(apiTokens.tokenHash, sql.placeholder('hash')))
    .prepare('api_token_by_hash'),
);
