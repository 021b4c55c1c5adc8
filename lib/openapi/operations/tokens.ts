import { z } from 'zod';
import { pageOf } from '@/lib/input/answer-fields';
import { newToken } from '@/lib/tokens/create-token';
import { tokenAnswer, tokenWithSecretAnswer } from '@/lib/tokens/present-token';
import type { Operation } from '../operation';

const OTHERS = [{ permission: 'tokens:manage-all' as const, when: 'where the token is somebody else’s' }];
const MINTING = {
  who: 'tokens:create',
  input: newToken,
  example: { label: 'ci', role: 'member', expires_at: '2030-01-31T12:00:00Z' },
  status: 201,
  answer: tokenWithSecretAnswer,
  // For a role above one's own.
  errors: ['forbidden'],
} satisfies Partial<Operation>;

export const TOKENS: Operation[] = [
  {
    method: 'GET',
    path: '/v1/orgs/{org}/tokens',
    id: 'listTokens',
    tag: 'API tokens',
    summary: 'List the API tokens',
    description: 'Members see their own.',
    who: 'tokens:read',
    also: OTHERS,
    status: 200,
    answer: pageOf(tokenAnswer),
    errors: [],
  },
  {
    ...MINTING,
    method: 'POST',
    path: '/v1/orgs/{org}/tokens',
    id: 'createToken',
    tag: 'API tokens',
    summary: 'Mint an API token',
    description: 'Answers the secret, which is shown this once. Its rights never exceed its creator’s role of the moment.',
  },
  {
    method: 'DELETE',
    path: '/v1/orgs/{org}/tokens/{token_id}',
    id: 'revokeToken',
    tag: 'API tokens',
    summary: 'Revoke an API token',
    description: 'Effective at once, everywhere.',
    who: 'tokens:revoke',
    also: OTHERS,
    status: 204,
    answer: null,
    errors: ['token_not_found'],
  },
  {
    method: 'GET',
    path: '/v1/me/tokens',
    id: 'listCurrentTokens',
    tag: 'API tokens',
    summary: 'List the API tokens of the current organization',
    who: 'tokens:read',
    also: OTHERS,
    status: 200,
    answer: z.object({ items: z.array(tokenAnswer) }),
    errors: [],
  },
  {
    ...MINTING,
    method: 'POST',
    path: '/v1/me/tokens',
    id: 'createCurrentToken',
    tag: 'API tokens',
    summary: 'Mint an API token of the current organization',
  },
  {
    method: 'DELETE',
    path: '/v1/me/tokens/{prefix}',
    id: 'revokeCurrentToken',
    tag: 'API tokens',
    summary: 'Revoke the API token of this prefix',
    description: 'Refused where several begin like it: revoke the one you mean by its id.',
    who: 'tokens:revoke',
    also: OTHERS,
    status: 204,
    answer: null,
    errors: ['token_not_found', 'ambiguous_prefix'],
  },
];
