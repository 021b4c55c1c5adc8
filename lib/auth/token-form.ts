import { isUtf8 } from 'node:buffer';
import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { DomainError } from '@/lib/errors';

/** Longer than any token Supabase issues; keeps hostile ones from costing time. */
const MAX_TOKEN_LENGTH = 12_288;
/** Three segments of base64url without padding (RFC 7515, section 3.1), the last perhaps empty; a lenient decoder would take more. */
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*$/;
const TYPES = new Set(['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt']);

/**
 * The header of a token whose form leaves only one way to read it. Throws invalid_token for anything else, for another kind of
 * token by its `typ` (RFC 8725, section 3.11), and for nested or compressed content.
 */
export function readTokenForm(token: string): ProtectedHeaderParameters {
  if (token.length > MAX_TOKEN_LENGTH) throw new DomainError('invalid_token', 'This access token is too long to be one');
  const [, header, payload] = COMPACT.exec(token) ?? [];
  if (!isText(header) || !isText(payload)) throw notAToken();
  const parameters = decode(token);
  if (parameters.typ !== undefined && !isKnownType(parameters.typ)) throw notAToken();
  // JWE's compression and JWT's nesting; the auth server uses neither, and jose would not look.
  if (parameters.cty !== undefined || 'zip' in parameters) throw notAToken();
  return parameters;
}

/** JSON is UTF-8 without a byte order mark (RFC 8259, section 8.1). */
function isText(segment: string | undefined): boolean {
  if (segment === undefined) return false;
  const bytes = Buffer.from(segment, 'base64url');
  return isUtf8(bytes) && bytes[0] !== 0xef;
}

function decode(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw notAToken();
  }
}

function isKnownType(typ: unknown): boolean {
  return typeof typ === 'string' && TYPES.has(typ.toLowerCase());
}

function notAToken(): DomainError {
  return new DomainError('invalid_token', 'This is not an access token', {
    hint: 'Send the access_token of a signed-in session, or an API token that begins with pds_.',
  });
}
