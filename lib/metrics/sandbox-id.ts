import { DomainError } from '@/lib/errors';

const SANDBOX_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** What is said of a sandbox that nobody reported and of one of another org alike. */
export function unknownSandbox(): DomainError {
  return new DomainError('not_found', 'There is no such sandbox');
}

/** Throws not_found for what cannot be the id of a sandbox. */
export function refuseImpossibleSandbox(sandboxId: string): void {
  if (!SANDBOX_ID.test(sandboxId)) throw unknownSandbox();
}
