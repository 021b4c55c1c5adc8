import { listMemberships } from '@/lib/access/find-membership';
import { verifySignature } from '@/lib/auth/access-token';
import { CLAIM_RULES, readClaims } from '@/lib/auth/access-token-claims';
import type { Actor } from '@/lib/auth/actor';
import { authenticateCredential } from '@/lib/auth/authenticate-request';
import { readTokenForm } from '@/lib/auth/token-form';
import { config, type SupabaseConfig } from '@/lib/config';
import { asDomainError, type DomainError, type ErrorCode } from '@/lib/errors';
import { ERROR_GUIDE } from './error-guide';
import { judgeApiToken } from './explain-api-token';
import { inOrder, type JudgedRule } from './judged-rules';

export interface Explanation {
  /** What was read: its kind and what it says of itself, unverified and without its secret. */
  kind: string;
  says: Record<string, string>;
  rules: JudgedRule[];
  /** The answer of this server; null when it lets the credential in. */
  refusal: { status: number; code: ErrorCode; message: string; fixes: string[] } | null;
  /** Whom it speaks for, once it is accepted. */
  speaksFor: string[];
}

const CLAIMS = ['iss', 'sub', 'email', 'aud', 'role', 'aal', 'session_id', 'client_id', 'is_anonymous', 'ref'];
const TIMES = ['iat', 'nbf', 'exp'];

const FORM = 'it has the form of an access token';
const SIGNATURE = 'a key of this project signed it';
const LIFETIME = 'it is valid now (nbf, exp)';
const CLAIM_WORDS: Record<(typeof CLAIM_RULES)[number], string> = {
  'not a key': 'it is the token of a person, not a key of the project',
  issuer: 'this project issued it (iss)',
  audience: 'it is meant for this API (aud)',
  times: 'it was issued in the past and lives no longer than the auth server allows (iat, exp)',
  role: 'its role is "authenticated"',
  client: 'it was not issued to a third-party application (client_id)',
  subject: 'it names a user and a session (sub, session_id)',
  person: 'the user is not anonymous (is_anonymous)',
};
const RULES = [FORM, SIGNATURE, LIFETIME, ...CLAIM_RULES.map((rule) => CLAIM_WORDS[rule])];

/** Whether a text is to be read as a credential, and not as the id of a request. */
export function isCredential(text: string): boolean {
  return /^(pds_|sb_|eyJ)/.test(text) || text.split('.').length > 2;
}

/** What this server answers to a credential, by its own verifier, and how it comes to that. Changes nothing, tells nobody. */
export async function explainCredential(credential: string): Promise<Explanation> {
  const origin = { requestId: 'explain', ip: '', userAgent: '' };
  const judged = await authenticateCredential(credential, origin).catch(asDomainError);
  const refused = judged instanceof Error;
  return {
    ...(await read(credential)),
    refusal: refused ? presentRefusal(judged) : null,
    speaksFor: refused ? [] : await speaksFor(judged),
  };
}

async function read(credential: string): Promise<Pick<Explanation, 'kind' | 'says' | 'rules'>> {
  if (credential.startsWith('pds_')) return judgeApiToken(credential);
  if (credential.startsWith('sb_')) return { kind: 'an API key of Supabase', says: {}, rules: [] };
  const { supabase } = config();
  return {
    kind: 'a JSON Web Token',
    says: decode(credential),
    rules: supabase ? await judgeAccessToken(credential, supabase) : [],
  };
}

/** The very steps of verifyAccessToken(), one after the other. */
async function judgeAccessToken(token: string, supabase: SupabaseConfig): Promise<JudgedRule[]> {
  const passed = new Set<string>();
  try {
    readTokenForm(token);
    passed.add(FORM);
    const payload = await verifySignature(token, supabase);
    passed.add(SIGNATURE).add(LIFETIME);
    readClaims(payload, supabase, (rule) => passed.add(CLAIM_WORDS[rule]));
  } catch (error) {
    const { code } = asDomainError(error);
    // The times are judged after the signature, so this one held.
    if (passed.has(FORM) && (code === 'token_expired' || (code === 'token_not_yet_valid' && !passed.has(LIFETIME)))) {
      passed.add(SIGNATURE);
    }
  }
  return inOrder(RULES, passed);
}

function presentRefusal({ status, code, message, hint }: DomainError): Explanation['refusal'] {
  return { status, code, message, fixes: [hint, ERROR_GUIDE[code].fix].filter((fix) => fix !== undefined) };
}

async function speaksFor(actor: Actor): Promise<string[]> {
  if (actor.type === 'token') return [`${actor.role} of ${actor.org.slug}`];
  const memberships = await listMemberships(actor.userId).catch(() => undefined);
  const who = `user ${actor.userId}`;
  if (!memberships) return [who, 'the database cannot be asked for memberships'];
  if (memberships.length > 0) return [who, ...memberships.map(({ role, org }) => `${role} of ${org.slug}`)];
  const command = `pandastack provision-owner --user-id ${actor.userId} --email ADDRESS`;
  return [who, `a member of no organization: invite them, or make them the first owner: ${command}`];
}

/** Header and claims that tell the cause, never the signature; unverified, and cut short. */
function decode(token: string): Record<string, string> {
  const [header, claims] = token.split('.').map(parsePart);
  const says = { ...pick(header, ['alg', 'kid', 'typ']), ...pick(claims, CLAIMS) };
  for (const name of TIMES) {
    const at = new Date(Number(claims?.[name]) * 1000);
    if (claims && name in claims) says[name] = Number.isNaN(at.getTime()) ? short(claims[name]) : at.toISOString();
  }
  return says;
}

function pick(from: Record<string, unknown> | undefined, names: string[]): Record<string, string> {
  const present = names.filter((name) => from?.[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, short(from?.[name])]));
}

function short(value: unknown): string {
  return (typeof value === 'string' ? value : String(JSON.stringify(value))).slice(0, 200);
}

function parsePart(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
