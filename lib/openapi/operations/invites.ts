import type { ErrorCode } from '@/lib/errors';
import { pageOf } from '@/lib/input/answer-fields';
import { emptyInput } from '@/lib/input/fields';
import { pageQuery } from '@/lib/input/page-query';
import { acceptedInviteAnswer } from '@/lib/invites/accept-invite';
import { newInvite } from '@/lib/invites/create-invite';
import { myInviteAnswer } from '@/lib/invites/list-my-invites';
import { inviteAnswer, inviteWithSecretAnswer } from '@/lib/invites/present-invite';
import { previewAnswer } from '@/lib/invites/preview-invite';
import type { Operation } from '../operation';

const NOT_OPEN: ErrorCode[] = ['invite_expired', 'invite_used', 'invite_revoked', 'invite_declined'];

export const INVITES: Operation[] = [
  {
    method: 'GET',
    path: '/v1/orgs/{org}/invites',
    id: 'listInvites',
    tag: 'Invites',
    summary: 'List the invites',
    who: 'invites:read',
    query: pageQuery,
    status: 200,
    answer: pageOf(inviteAnswer),
    errors: [],
  },
  {
    method: 'POST',
    path: '/v1/orgs/{org}/invites',
    id: 'createInvite',
    tag: 'Invites',
    summary: 'Invite somebody',
    description: 'Sends a mail where the server can, and answers the link, which is shown this once.',
    who: 'invites:create',
    input: newInvite,
    example: { email: 'grace@example.com', role: 'member' },
    status: 201,
    answer: inviteWithSecretAnswer,
    errors: ['already_member', 'invite_exists'],
  },
  {
    method: 'DELETE',
    path: '/v1/orgs/{org}/invites/{invite_id}',
    id: 'revokeInvite',
    tag: 'Invites',
    summary: 'Withdraw an invite',
    who: 'invites:revoke',
    status: 204,
    answer: null,
    errors: ['invite_not_found'],
  },
  {
    method: 'POST',
    path: '/v1/orgs/{org}/invites/{invite_id}/resend',
    id: 'resendInvite',
    tag: 'Invites',
    summary: 'Renew an invite',
    description: 'A new link and a new week; the old link is dead.',
    who: 'invites:create',
    input: emptyInput,
    status: 200,
    answer: inviteWithSecretAnswer,
    errors: ['invite_not_found'],
  },
  {
    method: 'GET',
    path: '/v1/invites/{token}',
    id: 'previewInvite',
    tag: 'Invites',
    summary: 'See what a link invites to',
    description: 'For whoever holds the link. Consumes nothing.',
    who: 'anyone',
    status: 200,
    answer: previewAnswer,
    errors: ['invite_not_found', 'dependency_unavailable'],
  },
  {
    method: 'POST',
    path: '/v1/orgs/invites/{token}/accept',
    id: 'acceptInvite',
    tag: 'Invites',
    summary: 'Accept an invite',
    description: 'Your verified address must be the invited one. Never changes the role of somebody who is a member already.',
    who: 'person',
    fresh: 'assured',
    input: emptyInput,
    status: 200,
    answer: acceptedInviteAnswer,
    errors: ['invite_not_found', 'email_mismatch', 'signup_not_allowed', 'already_member', ...NOT_OPEN],
  },
  {
    method: 'POST',
    path: '/v1/orgs/invites/{token}/decline',
    id: 'declineInvite',
    tag: 'Invites',
    summary: 'Decline an invite',
    who: 'person',
    fresh: 'confirmed',
    input: emptyInput,
    status: 204,
    answer: null,
    errors: ['invite_not_found', 'email_mismatch', ...NOT_OPEN],
  },
  {
    method: 'GET',
    path: '/v1/me/invites',
    id: 'listMyInvites',
    tag: 'Invites',
    summary: 'List the invites that wait for you',
    description: 'Open invites to your verified address, without their secrets.',
    who: 'person',
    fresh: 'confirmed',
    query: pageQuery,
    status: 200,
    answer: pageOf(myInviteAnswer),
    errors: [],
  },
];
