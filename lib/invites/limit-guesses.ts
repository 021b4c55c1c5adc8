import type { RequestOrigin } from '@/lib/auth/actor';
import { DomainError } from '@/lib/errors';
import { limitRate } from '@/lib/limits/limit-rate';

/**
 * Opens what an invite's link leads to; a client that keeps trying links which lead nowhere is told to wait instead (rate_limited).
 * Only those are counted: who holds a right link is never refused for what others at their address do.
 */
export async function limitGuesses<T>(origin: RequestOrigin, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invite_not_found') await limitRate('invites:guess', { origin });
    throw error;
  }
}
