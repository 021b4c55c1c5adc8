import type { Metadata } from '../read-body';

const REQUIRED = ['aud', 'exp', 'iat', 'sub', 'email', 'phone', 'role', 'aal', 'session_id', 'is_anonymous'];

const TYPES: Record<string, string[]> = {
  aud: ['string', 'array'],
  exp: ['integer'],
  jti: ['string'],
  iat: ['integer'],
  iss: ['string'],
  nbf: ['integer'],
  sub: ['string'],
  email: ['string'],
  phone: ['string'],
  app_metadata: ['object'],
  user_metadata: ['object'],
  role: ['string'],
  aal: ['string'],
  amr: ['array'],
  session_id: ['string'],
  client_id: ['string'],
};

/** Where claims break Supabase's smallest token, in the words of its schema checker. */
export function violationsOf(claims: Metadata): string[] {
  const missing = REQUIRED.filter((name) => !(name in claims)).map((name) => `(root): ${name} is required`);
  const mistyped = Object.entries(TYPES).flatMap(([name, allowed]) => {
    if (!(name in claims)) return [];
    const given = typeOf(claims[name]);
    if (allowed.includes(given)) return [];
    return [`${name}: Invalid type. Expected: ${allowed.join('/')}, given: ${given}`];
  });
  return [...missing, ...mistyped];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
