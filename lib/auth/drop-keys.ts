import { forgetHmacKeys } from './hmac-keys';
import { forgetKeySets } from './key-set-state';
import { forgetVerified } from './verified-tokens';

/** Forgets everything this process derived from verification keys: key sets, HMAC keys, verified signatures. */
export function dropKeys(): void {
  forgetKeySets();
  forgetHmacKeys();
  forgetVerified();
}
