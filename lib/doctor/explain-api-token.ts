import { hashSecret, isTokenShaped, tokenByHash } from '@/lib/auth/api-token';
import { roleOfToken } from '@/lib/auth/role';
import { LOCAL_TOKEN } from '@/lib/auth/stub-mode';
import { hasWrongChecksum } from '@/lib/auth/token-checksum';
import { config } from '@/lib/config';
import { inOrder, type JudgedRule } from './judged-rules';

const SHAPE = 'it has the form of an API token';
const KNOWN = 'the database knows it';
const MEMBER = 'whoever created it is a member of its organization today';
const STANDS = 'it has not been revoked';
const SIGNED_IN = 'a person who signs in created it, not stub mode';
const IN_TIME = 'it has not expired';
const CURRENT = 'its secret is the one of its last rotation, or their overlap lasts';
const RULES = [SHAPE, KNOWN, MEMBER, STANDS, SIGNED_IN, IN_TIME, CURRENT];

interface Judged {
  kind: string;
  says: Record<string, string>;
  rules: JudgedRule[];
}

/** Which rule of authenticateApiToken() an API token meets first, from the row it reads: callers are told less. */
export async function judgeApiToken(token: string): Promise<Judged> {
  if (token === LOCAL_TOKEN) return { kind: 'the token of local development', says: {}, rules: [] };
  const kind = 'an API token of PandaStack';
  if (!isTokenShaped(token)) return { kind, says: {}, rules: inOrder(RULES, new Set()) };
  const [row] = await tokenByHash().execute({ hash: hashSecret(token) });
  if (!row) return { kind, says: unknown(token), rules: inOrder(RULES, new Set([SHAPE])) };
  const { mode, stub } = config();
  const holds: [string, boolean][] = [
    [SHAPE, true],
    [KNOWN, true],
    [MEMBER, roleOfToken(row) !== undefined],
    [STANDS, row.revokedAt === null],
    [SIGNED_IN, mode === 'stub' || row.createdBy !== stub.userId],
    [IN_TIME, !row.expired],
    [CURRENT, !row.replaced],
  ];
  const says = { id: row.tokenId, org: row.org.slug, role: row.role, created_by: row.createdBy ?? '(nobody: it was adopted)' };
  const first = holds.findIndex(([, held]) => !held);
  const passed = new Set(holds.slice(0, first === -1 ? holds.length : first).map(([rule]) => rule));
  return { kind, says: row.revokedAt ? { ...says, revoked: row.revokedAt.toISOString() } : says, rules: inOrder(RULES, passed) };
}

/** Why it may be unknown. */
function unknown(token: string): Record<string, string> {
  const cause = hasWrongChecksum(token)
    ? 'mistyped or cut off: its checksum is wrong'
    : 'another server minted it, or its organization was deleted';
  return { likely: cause };
}
