import { userInfo } from 'node:os';
import type { OperatorActor } from '@/lib/auth/actor';

/** Whoever runs the `pandastack` command or the server itself: nobody signed in, and known by the name of their system account. */
export function operatorActor(): OperatorActor {
  return { type: 'operator', authMethod: 'operator', email: '', origin: { requestId: '', ip: '', userAgent: accountName() } };
}

/** A container may run as a number without a name. */
function accountName(): string {
  try {
    return `pandastack command (${userInfo().username})`;
  } catch {
    return 'pandastack command';
  }
}
