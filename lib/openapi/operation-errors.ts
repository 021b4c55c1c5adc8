import { needsFreshCheck, PERMISSIONS, type Permission, tokenMay } from '@/lib/access/permissions';
import { ERROR_CODES, type ErrorCode, statusOf } from '@/lib/errors';
import { type Operation, orgOf, parametersOf, permissionOf, takesIdempotencyKey } from './operation';

const OF_FRESH_CHECK = ['session_revoked', 'user_banned', 'email_not_verified'] as const;
/** What any credential may be refused with. */
export const OF_CREDENTIAL: ErrorCode[] = [
  ...ERROR_CODES.filter((code) => statusOf(code) === 401 && code !== 'session_revoked'),
  'anonymous_not_allowed',
  'bad_host',
  'rate_limited',
  'dependency_unavailable',
  'auth_provider_unavailable',
];
const OF_BODY: ErrorCode[] = ['invalid_json', 'validation_failed', 'payload_too_large', 'unsupported_media_type'];

/** Every code an operation may be refused with, in the order of lib/errors.ts. */
export function errorsOf(operation: Operation): ErrorCode[] {
  const { who, errors, input, query, fresh } = operation;
  const permission = permissionOf(operation);
  const may = new Set<ErrorCode>([...errors, 'internal_error']);
  const add = (...codes: readonly ErrorCode[]) => {
    for (const code of codes) may.add(code);
  };
  // A path may hold a malformed escape or a control character.
  if (parametersOf(operation).length > 0) add('validation_failed', 'not_found');
  if (input) add(...OF_BODY);
  if (query) add('validation_failed');
  if (who !== 'anyone') add(...OF_CREDENTIAL);
  if (takesIdempotencyKey(operation)) add('validation_failed', 'request_in_progress', 'idempotency_key_reused');
  if (who === 'person') add('token_not_allowed');
  if (fresh) add(...OF_FRESH_CHECK);
  if (fresh === 'assured') add('insufficient_aal');
  if (permission) add(...errorsOfPermission(permission, operation));
  for (const { permission: other } of operation.also ?? []) if (isConfirmed(other, operation)) add(...OF_FRESH_CHECK);
  return ERROR_CODES.filter((code) => may.has(code));
}

function errorsOfPermission(permission: Permission, operation: Operation): ErrorCode[] {
  const inPath = orgOf(operation) === 'path';
  const codes: ErrorCode[] = [inPath ? 'org_not_found' : 'not_a_member', 'insufficient_aal'];
  if (PERMISSIONS[permission].roles.length < 3) codes.push('forbidden');
  if (!tokenMay(permission)) codes.push('token_not_allowed');
  if (isConfirmed(permission, operation)) codes.push(...OF_FRESH_CHECK);
  // The membership may end between the check and the change.
  if (!inPath && operation.method !== 'GET') codes.push('org_not_found');
  return codes;
}

/** What lasts is confirmed; reading goes on by the local check. */
function isConfirmed(permission: Permission, { method }: Operation): boolean {
  return needsFreshCheck(permission) && method !== 'GET';
}
