import { type Answer, call } from './raw-call';
import type { Target } from './target';

/** The client library retries and merges refreshes; the rules show only without it. */
export function refresh(target: Target, refreshToken: string): Promise<Answer> {
  return call(target, 'POST /token?grant_type=refresh_token', { body: { refresh_token: refreshToken } });
}
