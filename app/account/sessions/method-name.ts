import { methods } from '@/messages/account-sessions';

/** How somebody proved who they are, in words. */
export function methodName(method: string): string {
  return methods[method] ?? method;
}
