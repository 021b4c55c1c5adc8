import { z } from 'zod';

const seconds = z.number().int().nonnegative();

const schema = z.object({
  userId: z.string().min(1),
  email: z.string(),
  emailVerified: z.boolean(),
  name: z.string(),
  aal: z.enum(['aal1', 'aal2']),
  sessionId: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).nullable(),
  idToken: z.string().min(1).nullable(),
  issuedAt: seconds,
  expiresAt: seconds,
  endsAt: seconds,
});

/** A signed-in person, as the encrypted cookie keeps them. Times are seconds since 1970. */
export type OidcSession = z.infer<typeof schema>;

/** However often it is refreshed, a sign-in lasts no longer than this. */
export const SESSION_LIFETIME_SECONDS = 30 * 86_400;
/** How long before its end a session is refreshed, at the most. */
const REFRESH_BEFORE_SECONDS = 60;

/** The session in an unsealed value; null for the shape of another version. */
export function asSession(value: unknown): OidcSession | null {
  return schema.safeParse(value).data ?? null;
}

/** Whether the provider's word still counts: nothing is shown on the strength of an expired access token. */
export function isCurrent({ expiresAt, endsAt }: OidcSession): boolean {
  return Math.min(expiresAt, endsAt) > Date.now() / 1000;
}

/** Whether it is time to refresh: a minute before the end, or in the last third of a life shorter than three. */
export function isDue({ issuedAt, expiresAt }: OidcSession): boolean {
  const margin = Math.min(REFRESH_BEFORE_SECONDS, (expiresAt - issuedAt) / 3);
  return expiresAt - margin <= Date.now() / 1000;
}

/** Whether nothing can prolong it any more. */
export function isOver({ refreshToken, expiresAt, endsAt }: OidcSession): boolean {
  return (refreshToken === null ? Math.min(expiresAt, endsAt) : endsAt) <= Date.now() / 1000;
}
