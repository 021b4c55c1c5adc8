import { config } from '@/lib/config';
import { logger } from '@/lib/log';
import { keySource } from './access-token';
import { atMostOnceAMinute } from './at-most-once-a-minute';
import { publishedKeys } from './key-set';

const MISTAKES = {
  none: 'SUPABASE_JWT_SECRET is not set, and the project publishes no keys: set SUPABASE_JWT_SECRET',
  away:
    'SUPABASE_JWT_SECRET is not set, and the published keys cannot be fetched: correct SUPABASE_JWKS_URL (it follows SUPABASE_URL where it ' +
    'is not set), or set SUPABASE_JWT_SECRET if the project signs with a secret',
} as const;

/**
 * Whether this process has, or once had, anything to verify an access token with. While it has not, the log says once a minute which
 * variable to set.
 */
export function canVerify(): boolean {
  const { supabase } = config();
  if (!supabase || supabase.jwtSecret !== null) return true;
  const keys = publishedKeys(keySource(supabase));
  if (keys === 'known') return true;
  if (keys === 'unknown') return false;
  atMostOnceAMinute('no-verification-key', () => logger().error({ event: 'no_verification_key' }, MISTAKES[keys]));
  return false;
}
