import type { ReactNode } from 'react';

export const title = 'Settings';
export const founded = (when: ReactNode) => <>Founded {when}.</>;
export const save = 'Save';

export const general = 'General';
export const name = 'Name';
export const nameHint = 'Shown to members and in invitations.';
export const nameProblem = (problem: string) => `The name ${problem}`;
export const renamed = 'The name was changed';
export const undo = 'Undo';

export const invitations = 'Invitations';
export const role = 'Role';
export const roleHint = 'What an invitation gives when nobody says otherwise.';
export const roleMember = 'Member';
export const roleAdmin = 'Admin';
export const domains = 'E-mail domains';
export const domainsHint = 'Only addresses of these domains are invited, such as example.com, example.org. Empty: any address.';
export const anyDomain = 'Any';
export const anyAddress = 'Any e-mail address may be invited. Owners decide that.';
export const onlyAddresses = (domains: string) => `Only addresses of ${domains} are invited. Owners decide that.`;
export const domainProblem = (domain: string, problem: string) => `“${domain}” ${problem}`;
export const domainsProblem = (problem: string) => `The list ${problem}`;
export const invitationsChanged = 'The rules for invitations were changed';

export const secondFactor = 'Two-factor sign-in';
export const secondFactorHint =
  'When it is required, people enter with a code from their authenticator app. API tokens go on working.';
export const required = 'Required';
export const optional = 'Optional';
export const requireOpen = 'Require…';
export const requireTitle = 'Ask everybody for a second factor?';
export const requireHint =
  'At their next click, members without one set it up before they go on. You need to have used yours in this session.';
export const requireConfirm = 'Require it';
export const requireDone = 'Everybody needs a second factor from now on';
export const releaseOpen = 'Make optional…';
export const releaseTitle = 'Let people in without a second factor?';
export const releaseHint = 'A password or a mail link alone will do again, at once.';
export const releaseConfirm = 'Make it optional';
export const releaseDone = 'A second factor is no longer asked for';

export const identifiers = 'Identifiers';
export const identifiersHint = 'Either names this organization in an API call. They never change.';
export const slug = 'Slug';
export const copySlug = 'Copy the slug';
export const id = 'Id';
export const copyId = 'Copy the organization id';

export const dangerZone = 'Danger zone';
export const transferOwnership = 'Transfer ownership';
export const transferHint = 'Another member becomes the owner. You stay as an admin.';
export const transferToNobody = 'There is nobody to transfer it to: invite somebody first.';
export const transferOpen = 'Transfer…';
export const transferTitle = (org: string) => `Transfer ${org}?`;
export const transferConsequence = 'They can then do everything here, and remove you. Only they can give it back.';
export const transferConfirm = 'Transfer';
export const newOwner = 'New owner';
export const chooseMember = 'Choose a member…';
export const transferred = (heir: string, org: string) => `${heir} is the owner of ${org} now`;

export const deleteOrg = 'Delete this organization';
export const deleteHint = 'Its members, invitations and API tokens end with it. It cannot be undone.';
export const deleteOpen = 'Delete…';
export const deleteTitle = (org: string) => `Delete ${org}?`;
export const deleteConsequence =
  'Everybody loses access at once, and every API token stops working. The audit log is kept for the operator of this server.';
export const deleteConfirm = 'Delete the organization';
export const deleted = (org: string) => `${org} was deleted`;
