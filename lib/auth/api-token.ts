import { hash as digest } from 'node:crypto';
import { and, eq, or, sql } from 'drizzle-orm';
import { prepareOnce } from '@/db/prepare-once';
import { apiTokens, orgMembers, orgs } from '@/db/schema';
import { shareLook } from '@/db/share-look';
import { DomainError } from '@/lib/errors';
import type { RequestOrigin, TokenActor } from './actor';
import { isLimited } from './limit-failures';
import { noteTokenUse } from './note-token-use';
import { orgSummaryColumns } from './org-summary';
import { traceOf } from './request-trace';
import { roleOfToken } from './role';
import { refuseMintedInStubMode } from './stub-mode';
import { hasWrongChecksum } from './token-checksum';

/** Adopted tokens may have another shape behind the prefix, so the checksum is not demanded here. */
const SHAPE = /^pds_[A-Za-z0-9_-]{16,200}$/;

/** Hex SHA-256: enough for a secret of 160 random bits and more, and searchable. */
export function hashSecret(secret: string): string {
  return digest('sha256', secret, 'hex');
}

/** Whether a text can be an API token at all. */
export function isTokenShaped(text: string): boolean {
  return SHAPE.test(text);
}

/**
 * Who an API token speaks for, in one query: it is dead with its org, its expiry, its revocation and its creator's membership. The
 * secret from before a rotation opens the same until its overlap ends. Throws DomainError invalid_api_token, api_token_expired, or
 * local_token_refused for what stub mode left behind.
 */
export async function authenticateApiToken(token: string, origin: RequestOrigin): Promise<TokenActor> {
  const found = isTokenShaped(token) && !(await isHopeless(token, origin)) ? await findToken(token) : undefined;
  const role = found && roleOfToken(found);
  if (found) traceOf(origin).askedOrgId = found.org.id;
  if (!found || !role || found.revokedAt) {
    throw new DomainError('invalid_api_token', 'This API token is not valid', {
      hint: 'It may have been revoked; mint a new one on the tokens page.',
    });
  }
  refuseMintedInStubMode(found.createdBy);
  refuseExpired(found);
  noteTokenUse(found.hash);
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

/** A search for tokens must not keep the database busy: once its sender is over the limit, a wrong checksum is enough. */
export async function isHopeless(token: string, { ip }: RequestOrigin): Promise<boolean> {
  return hasWrongChecksum(token) && (await isLimited(ip));
}

function refuseExpired({ expired, replaced }: FoundToken): void {
  if (expired)
    throw new DomainError('api_token_expired', 'This API token has expired', { hint: 'Mint a new one on the tokens page.' });
  if (replaced)
    throw new DomainError('api_token_expired', 'This API token was rotated, and its old secret has ended', {
      hint: 'Send the secret that was shown when it was rotated.',
    });
}

type FoundToken = NonNullable<Awaited<ReturnType<typeof findToken>>>;

/** A program sends the same token with many requests at once. */
const look = shareLook<TokenRow | undefined>();
type TokenRow = Awaited<ReturnType<ReturnType<typeof tokenByHash>['execute']>>[number];

async function findToken(token: string) {
  const hash = hashSecret(token);
  const found = await look(hash, async () => (await tokenByHash().execute({ hash }))[0]);
  return found && { ...found, hash };
}

const isPrevious = eq(apiTokens.previousTokenHash, sql.placeholder('hash'));

/** Each half of the OR has a unique index of its own, and Postgres uses both. */
export const tokenByHash = prepareOnce((database) =>
  database
    .select({
      tokenId: apiTokens.id,
      createdBy: apiTokens.createdBy,
      role: apiTokens.role,
      revokedAt: apiTokens.revokedAt,
      expired: sql<boolean>`coalesce(${apiTokens.expiresAt} <= now(), false)`.as('expired'),
      replaced: sql<boolean>`coalesce(${isPrevious} and ${apiTokens.previousExpiresAt} <= now(), false)`.as('replaced'),
      creatorRole: orgMembers.role,
      creatorEmail: orgMembers.email,
      org: orgSummaryColumns,
    })
    .from(apiTokens)
    .innerJoin(orgs, eq(orgs.id, apiTokens.orgId))
    .leftJoin(orgMembers, and(eq(orgMembers.orgId, apiTokens.orgId), eq(orgMembers.userId, apiTokens.createdBy)))
    .where(or(eq(apiTokens.tokenHash, sql.placeholder('hash')), isPrevious))
    .prepare('api_token_by_hash'),
);
