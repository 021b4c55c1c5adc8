import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { OnceOnly } from './claim-key';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts an answer so that only who sends the Idempotency-Key again can read it: it may hold a secret that is shown once, and the
 * tables keep no secret in the clear. As strong as the key is unguessable, which is why the API asks for a random one.
 */
export function sealAnswer(answer: string, once: OnceOnly): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, secretOf(once), iv).setAAD(Buffer.from(once.fingerprint));
  const sealed = Buffer.concat([cipher.update(answer, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** The answer back. Throws when it was sealed for another key, person or request. */
export function openAnswer(sealed: Buffer, once: OnceOnly): string {
  const [iv, tag] = [sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
  const decipher = createDecipheriv(ALGORITHM, secretOf(once), iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(once.fingerprint))
    .setAuthTag(tag);
  return decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function secretOf({ key, actorKey }: OnceOnly): Buffer {
  return Buffer.from(hkdfSync('sha256', key, actorKey, 'pandastack idempotency answer', 32));
}
