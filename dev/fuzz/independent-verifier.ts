import { verify as checkSignature, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** What a token is judged by: the rules of the specification, written down a second time and without the product's code. */
export interface Trusted {
  secret: string;
  published: readonly { kid: string; alg: 'ES256' | 'RS256'; key: KeyObject }[];
  issuer: string;
  audience: string;
  /** Seconds since 1970. */
  now: number;
}

type Json = Record<string, unknown>;

const SEGMENT = /^[A-Za-z0-9_-]+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TOLERANCE = 30;
const LONGEST_LIFE = 604_800 + 3_600;

/** Whether a token opens the API. Nothing of jose, nothing of the product: node:crypto alone. */
export function opens(token: string, trusted: Trusted): boolean {
  const parts = token.split('.');
  const [head = '', body = '', signature = ''] = parts;
  if (parts.length !== 3 || token.length > 12_288) return false;
  if (!SEGMENT.test(head) || !SEGMENT.test(body) || (signature !== '' && !SEGMENT.test(signature))) return false;
  const [header, claims] = [readJson(head), readJson(body)];
  return (
    header !== null &&
    claims !== null &&
    allowsHeader(header) &&
    isSigned(token, header, trusted) &&
    allowsClaims(claims, trusted)
  );
}

function readJson(segment: string): Json | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(segment, 'base64url'));
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

function allowsHeader({ typ, cty, zip, crit }: Json): boolean {
  const types = ['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt'];
  if (typ !== undefined && !(typeof typ === 'string' && types.includes(typ.toLowerCase()))) return false;
  if (cty !== undefined || zip !== undefined || crit !== undefined) return false;
  return true;
}

function isSigned(token: string, { alg, kid }: Json, { secret, published }: Trusted): boolean {
  const cut = token.lastIndexOf('.');
  const signed = Buffer.from(token.slice(0, cut));
  const signature = Buffer.from(token.slice(cut + 1), 'base64url');
  if (alg === 'HS256') {
    const expected = createHmac('sha256', secret).update(signed).digest();
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }
  if (kid !== undefined && typeof kid !== 'string') return false;
  const fitting = published.filter((one) => one.alg === alg && (kid === undefined || one.kid === kid));
  if (kid === undefined && fitting.length !== 1) return false;
  return fitting.some((one) => checkSignature('sha256', signed, { key: one.key, dsaEncoding: 'ieee-p1363' }, signature));
}

function allowsClaims(claims: Json, { issuer, audience, now }: Trusted): boolean {
  const { iss, aud, exp, iat, nbf, role, sub, session_id, client_id, is_anonymous } = claims;
  if (iss !== issuer || !(aud === audience || (Array.isArray(aud) && aud.length === 1 && aud[0] === audience))) return false;
  if (!isTime(exp) || !isTime(iat) || exp <= now - TOLERANCE || iat > now + TOLERANCE || exp - iat > LONGEST_LIFE) return false;
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > now + TOLERANCE)) return false;
  if (role !== 'authenticated' || client_id !== undefined || is_anonymous === true) return false;
  return isUuid(sub) && isUuid(session_id);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && Math.trunc(value) <= Number.MAX_SAFE_INTEGER;
}

function isUuid(value: unknown): boolean {
  return typeof value === 'string' && UUID.test(value) && !/^[0-]+$/.test(value);
}
