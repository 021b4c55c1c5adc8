import { z } from 'zod';
import type { Actor } from '@/lib/auth/actor';
import { answeredUserId } from '@/lib/input/answer-fields';
import type { OrgList } from './list-orgs';
import { orgAnswer, presentOrg } from './present-org';

/** Who is calling, as /v1 tells it. */
export function presentMe({ userId, email, authMethod }: Actor, { orgs, currentOrg }: OrgList) {
  return {
    user_id: userId,
    email,
    current_org: currentOrg && presentOrg(currentOrg),
    orgs: orgs.map(presentOrg),
    auth_method: authMethod,
  };
}

export const meAnswer = z
  .object({
    user_id: answeredUserId.meta({
      description: 'Of an API token, the person who minted it; empty for tokens of an older database.',
    }),
    email: z.string().meta({ description: 'As the credential states it; empty when the account has none.' }),
    current_org: orgAnswer
      .nullable()
      .meta({ description: 'The organization a request without one in its path speaks of. Of an API token, its own.' }),
    orgs: z.array(orgAnswer).meta({ description: 'Oldest membership first.' }),
    auth_method: z.enum(['jwt', 'token', 'stub', 'oidc']),
  })
  .meta({ id: 'Me', description: 'Who is calling.' });
