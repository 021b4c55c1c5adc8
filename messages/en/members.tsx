import type { ReactNode } from 'react';
import type { InviteState } from '@/lib/invites/invite-state';
import { plural } from '../plural';

type Within = (text: string) => ReactNode;

export const title = 'Members';
export const peopleIn = (count: number, org: string) => `${plural(count, { one: '# person', other: '# people' })} in ${org}.`;

export const person = 'Person';
export const role = 'Role';
export const joinedHead = 'Joined';
export const joined = (when: ReactNode) => <>joined {when}</>;
export const you = 'you';

export const roleMeanings: Record<string, string> = {
  owner: 'Everything, and who is an owner or admin',
  admin: 'People, invitations, all tokens, audit log',
  member: 'Sandboxes and their own tokens',
};
export const roleOf = (name: string, role: string) => `Role of ${name}: ${role}`;
export const stepDownTitle = (from: string) => `Give up being ${from}?`;
export const stepDownHint = (to: string) => `You become ${to} and cannot take that back yourself; another owner can.`;
export const stepDownConfirm = (to: string) => `Become ${to}`;
export const newOwnerTitle = (name: string) => `Make ${name} an owner?`;
export const newOwnerHint = 'Owners can do everything here, and can remove you.';
export const newOwnerConfirm = 'Make owner';
export const roleChanged = (name: string, role: string) => `${name} is now ${role}`;
export const invitationsEnded = 'Any open invitation they sent has ended.';
export const undo = 'Undo';

export const remove = 'Remove';
export const removeLabel = (name: string) => `Remove ${name}`;
export const removeTitle = (name: string) => `Remove ${name}?`;
export const removeHint = 'It takes effect at once. To come back they need a new invitation.';
export const removed = (name: string) => `${name} was removed`;

export const leave = 'Leave';
export const leaveLabel = (org: string) => `Leave ${org}`;
export const leaveTitle = (org: string) => `Leave ${org}?`;
export const leaveHint = 'To come back you need a new invitation.';
export const left = (org: string) => `You left ${org}`;

export const lastOwner = 'An organization always has an owner';
export const lastOwnerHint = 'Make somebody else an owner first.';
export const ending = 'What ends with the membership';
export const yourAccessEnds = 'your access to this organization and its sandboxes, at once';
export const theirAccessEnds = 'their access to this organization and its sandboxes, at once';
export const tokensEnd = 'API tokens, and what runs on them';
export const noTokenOfYours = 'no API token: you made none';
export const noTokenOfTheirs = 'no API token: they made none';
export const unnamedToken = 'unnamed';
export const tokenUsed = (when: ReactNode) => <>used {when}</>;
export const tokenNeverUsed = 'never used';
export const invitesEnd = 'Open invitations';
export const noInviteOfYours = 'no invitation: none of yours is open';
export const noInviteOfTheirs = 'no invitation: none of theirs is open';

export const invite = 'Invite people';
export const email = 'E-mail';
export const emailExample = 'panda@example.com';
export const emailHint = 'Several at once: set them apart with commas, or paste a list.';
export const emailMissing = 'Enter an address';
export const emailProblem = (problem: string) => `This ${problem}`;
export const inviteMember = 'member: sandboxes and their own tokens';
export const inviteAdmin = 'admin: also people, all tokens, the audit log';
export const cancel = 'Cancel';
export const send = 'Send invitation';

export const invited = (count: number) => plural(count, { one: 'Invitation ready', other: '# invitations ready' });
export const invitedOrRefused = (count: number, refused: number) =>
  `${invited(count)}, ${plural(refused, { other: '# refused' })}`;
export const nobodyInvited = 'Nobody was invited';
export const notInvited = 'Not invited';
export const refusedFor = (email: ReactNode, reason: string) => (
  <>
    {email}: {reason}
  </>
);
export const notInvitable = 'This address could not be invited';
export const linksOnce = 'The links are shown this once.';
export const mailedLink = (email: ReactNode, rest: Within) => (
  <>
    {email} {rest('was sent this link')}
  </>
);
export const mailedAccount = (email: ReactNode, rest: Within) => (
  <>
    {email} {rest('was sent a mail to make an account, which does not hold this link: hand it over yourself')}
  </>
);
export const mailedNothing = (email: ReactNode, rest: Within) => (
  <>
    {email} {rest('was sent no mail: hand this link over yourself')}
  </>
);
export const copyLink = (email: string) => `Copy the link for ${email}`;
export const copyLinks = 'Copy all links';
export const copyLinksLabel = 'Copy all links with their addresses';
export const done = 'Done';

export const invites = 'Invites';
export const noInvites = 'Nobody is invited';
export const noInvitesHint = 'An invitation goes by mail or as a link you hand over.';
export const inviteStates: Record<InviteState, string> = {
  open: 'open',
  expired: 'expired',
  accepted: 'accepted',
  declined: 'declined',
  revoked: 'revoked',
};
export const allInvites = 'all';
export const invitesByState = 'Invites by state';
export const address = 'Address';
export const state = 'State';
export const sent = 'Sent';
export const ends = (when: ReactNode) => <>ends {when}</>;
export const invitedBy = (narrow: Within, role: string, who: string) => (
  <>
    {narrow(`${role}, `)}by {who}
  </>
);
export const formerMember = 'a former member';

export const resend = 'Resend';
export const resendLabel = (email: string) => `Resend the invitation of ${email}`;
export const newLink = 'New link';
export const newLinkHint = 'It is shown this once. The link sent before no longer works.';
export const revoke = 'Revoke';
export const revokeLabel = (email: string) => `Revoke the invitation of ${email}`;
export const revokeTitle = (email: string) => `Withdraw the invitation of ${email}?`;
export const revokeHint = 'Its link opens nothing from now on. You can invite the address again.';
export const revoked = (email: string) => `The invitation of ${email} was withdrawn`;
