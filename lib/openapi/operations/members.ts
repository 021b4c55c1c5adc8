import { z } from 'zod';
import { newInvite } from '@/lib/invites/create-invite';
import { inviteWithSecretAnswer } from '@/lib/invites/present-invite';
import { roleChange } from '@/lib/members/change-role';
import { memberAnswer } from '@/lib/members/list-members';
import { offboardingAnswer } from '@/lib/members/preview-offboarding';
import type { Operation } from '../operation';
import { NOT_INVITED } from './invites';

export const MEMBERS: Operation[] = [
  {
    method: 'GET',
    path: '/v1/orgs/{org}/members',
    id: 'listMembers',
    tag: 'Members',
    summary: 'List the members',
    description: 'Everybody, longest-standing first.',
    who: 'members:read',
    status: 200,
    answer: z.array(memberAnswer),
    errors: [],
  },
  {
    method: 'POST',
    path: '/v1/orgs/{org}/members',
    id: 'inviteMember',
    tag: 'Members',
    summary: 'Invite somebody',
    description: 'The same as POST /v1/orgs/{org}/invites, kept for older clients.',
    who: 'invites:create',
    input: newInvite,
    example: { email: 'grace@example.com', role: 'member' },
    status: 201,
    answer: inviteWithSecretAnswer,
    errors: NOT_INVITED,
  },
  {
    method: 'PATCH',
    path: '/v1/orgs/{org}/members/{user_id}',
    id: 'changeRole',
    tag: 'Members',
    summary: 'Change a member’s role',
    description: 'Admins change members, never owners or other admins, and make nobody either.',
    who: 'members:change-role',
    input: roleChange,
    example: { role: 'member' },
    status: 200,
    answer: memberAnswer,
    errors: ['member_not_found', 'last_owner', 'org_limit'],
  },
  {
    method: 'GET',
    path: '/v1/orgs/{org}/members/{user_id}/offboarding',
    id: 'previewOffboarding',
    tag: 'Members',
    summary: 'See what ends with a membership',
    description: 'The API tokens and open invites that removing this member, or leaving, would end at this moment.',
    who: 'members:remove',
    also: [{ permission: 'org:leave', when: 'where the user id is your own' }],
    status: 200,
    answer: offboardingAnswer,
    errors: ['member_not_found'],
  },
  {
    method: 'DELETE',
    path: '/v1/orgs/{org}/members/{user_id}',
    id: 'removeMember',
    tag: 'Members',
    summary: 'Remove a member, or leave',
    description: 'Ends the membership together with the API tokens and open invites it made, at once and everywhere.',
    who: 'members:remove',
    also: [{ permission: 'org:leave', when: 'where the user id is your own' }],
    status: 204,
    answer: null,
    errors: ['member_not_found', 'last_owner'],
  },
];
