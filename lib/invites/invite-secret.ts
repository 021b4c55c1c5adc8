import { randomBytes } from 'node:crypto';
import { hashSecret } from '@/lib/auth/api-token';
import { config } from '@/lib/config';

const SECRET_BYTES = 32;
/** Secrets of adopted invites may be shorter or of another alphabet; all are safe in a URL. */
const SHAPE = /^[A-Za-z0-9_.~-]{8,200}$/;

/** A new invite's secret and the digest the table keeps. */
export function newInviteSecret(): { secret: string; hash: string } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}

/** The digest to look a secret up by; undefined for what cannot be one. */
export function inviteHash(secret: string): string | undefined {
  return SHAPE.test(secret) ? hashSecret(secret) : undefined;
}

/** The link people receive. Built from PANDASTACK_DASHBOARD_URL, never from a request. */
export function inviteUrl(secret: string): string {
  return `${config().dashboardUrl}/invite/${secret}`;
}
