interface Invitation {
  inviter: string;
  orgName: string;
  role: string;
}

export const inviteSubject = (orgName: string) => `Join ${orgName} on PandaStack`;
export const invited = ({ inviter, orgName, role }: Invitation) =>
  `${inviter || 'A member'} invited you to join ${orgName} on PandaStack as ${role === 'admin' ? 'an admin' : `a ${role}`}.`;

/** With the address of the invitation beside it, in mails that are read as plain text. */
export const openLink = 'Open this link to accept:';
export const inviteValidUntil = (day: string) =>
  `The invitation is valid until ${day}. If you did not expect it, ignore this mail.`;

export const viewInvite = 'View the invitation';
export const validUntil = (day: string) => `Valid until ${day}. If you did not expect it, ignore this mail.`;
