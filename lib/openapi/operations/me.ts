import { emptyInput } from '@/lib/input/fields';
import { emailAnswer } from '@/lib/members/update-email';
import { meAnswer } from '@/lib/orgs/present-me';
import { currentOrgAnswer, currentOrgChoice } from '@/lib/orgs/set-current-org';
import type { Operation } from '../operation';

export const ME: Operation[] = [
  {
    method: 'GET',
    path: '/v1/me',
    id: 'getMe',
    tag: 'Me',
    summary: 'See who you are',
    description: 'The shortest call that proves a credential. An API token sees its own organization alone.',
    who: 'credential',
    status: 200,
    answer: meAnswer,
    errors: [],
  },
  {
    method: 'POST',
    path: '/v1/me/current-org',
    id: 'setCurrentOrg',
    tag: 'Me',
    summary: 'Choose your current organization',
    description: 'Requests whose path names no organization speak of it from now on. It grants nothing.',
    who: 'person',
    input: currentOrgChoice,
    example: { org_id: '7c9e6679-7425-40de-944b-e07fc1f90ae7' },
    status: 200,
    answer: currentOrgAnswer,
    errors: ['not_a_member'],
  },
  {
    method: 'POST',
    path: '/v1/me/email',
    id: 'updateMyEmail',
    tag: 'Me',
    summary: 'Carry your new address over',
    description: 'Writes the address your account holds today to all your memberships. Call it after an e-mail change.',
    who: 'person',
    fresh: 'confirmed',
    input: emptyInput,
    status: 200,
    answer: emailAnswer,
    errors: [],
  },
];
