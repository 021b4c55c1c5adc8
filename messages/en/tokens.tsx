import type { ReactNode } from 'react';
import type { Role } from '@/lib/auth/actor';
import { plural } from '../plural';

export const title = 'API tokens';
export const descriptionOfAll = (org: string) => `For programs that act in ${org}. A token ends with its maker’s membership.`;
export const descriptionOfOwn = (org: string) => `For programs that act in ${org}. You see the ones you made.`;
export const emptyTitle = 'No API tokens yet';
export const emptyText = 'Make one for each program, so that ending one stops nothing else. Its secret is shown once.';

export const token = 'Token';
export const role = 'Role';
export const maker = 'Made by';
export const lastUsed = 'Last used';
export const expires = 'Expires';
export const noLabel = 'Without a label';
export const unknownMaker = 'unknown';
export const rotated = (when: ReactNode) => <>rotated {when}</>;
export const roleAndExpiry = (role: ReactNode, expiry: ReactNode) => (
  <>
    {role}, expires {expiry}
  </>
);
export const lastUse = (when: ReactNode) => <>last used: {when}</>;
export const neverUsed = 'never';
export const newSecretUnused = 'not yet';
export const newSecretUnusedHint = 'The new secret has not been used yet';
export const makerLeft = 'its maker has left';
export const makerIsLess = (given: string, today: string) =>
  `Made as ${given}; its maker is ${today} today, and no token is above its maker`;
export const neverExpires = 'never';
export const expired = 'expired';

export const create = 'New token';
export const createTitle = 'New API token';
export const createdTitle = (label: string) => `Token “${label}”`;
export const createdHint = 'Copy it now. It is shown this once; only its digest is kept.';
export const label = 'Label';
export const labelHint = 'Says in lists and in the audit log which program this is.';
export const labelExample = 'ci-runner';
export const labelProblem = (problem: string) => `The label ${problem}`;
export const roleHint = 'Tokens never manage people, invitations or tokens.';
export const roleMeanings: Record<Role, string> = {
  member: 'member: sandboxes',
  admin: 'admin: also reads the audit log',
  owner: 'owner: all a token may do',
};
export const expiryNever = 'Never';
export const expiryOnDate = 'On a date…';
export const lastDay = 'Last day';
export const dateProblem = (problem: string) => `The date ${problem}`;
export const createNow = 'Create token';
export const cancel = 'Cancel';

export const hours = (count: number) => plural(count, { one: '# hour', other: '# hours' });
export const days = (count: number) => plural(count, { one: '# day', other: '# days' });
export const years = (count: number) => plural(count, { one: '# year', other: '# years' });

export const copy = 'Copy';
export const copyToken = 'Copy the token';
export const readyLines = 'Ready lines';
export const copyCurl = 'Copy the curl line';
export const copyInstall = 'Copy the install line';
export const copyEnvironment = 'Copy the environment';
export const copyLines = (language: string) => `Copy the ${language} lines`;
export const copied = 'I have copied it';

export const rotate = 'Rotate';
export const rotateNamed = (label: string) => `Rotate the token ${label}`;
export const rotateTitle = (label: string) => `Rotate “${label}”`;
export const rotateHint = 'It gets a new secret. Its name, role and expiry stay.';
export const olderEnds = (secret: ReactNode) => (
  <>The secret before this one, {secret}, still works. It ends with this rotation.</>
);
export const keepOld = 'Keep the old secret for';
export const keepOldNotHint = 'Every call with it is refused from then on.';
export const keepOldHint = 'Both work meanwhile. The list tells when the old one was last used, and you can end it earlier.';
export const overlapNone = 'Not at all: it ends at once';
export const overlapUntil = 'Until a moment…';
export const oldEnds = 'The old secret ends';
export const momentProblem = (problem: string) => `The moment ${problem}`;
export const rotatedTitle = (label: string) => `New secret of “${label}”`;
export const rotatedOldEnded = (secret: ReactNode) => <>Copy it now: it is shown this once. The old secret {secret} has ended.</>;
export const rotatedOldEnds = (secret: ReactNode, when: ReactNode) => (
  <>
    Copy it now: it is shown this once. The old secret {secret} works until then as well: it ends {when}.
  </>
);

export const oldSecretUsed = (name: (text: string) => ReactNode, secret: ReactNode, used: ReactNode, ends: ReactNode) => (
  <>
    {name('Old secret')} {secret} last used {used}, ends {ends}
  </>
);
export const oldSecretUnused = (name: (text: string) => ReactNode, secret: ReactNode, ends: ReactNode) => (
  <>
    {name('Old secret')} {secret} never used, ends {ends}
  </>
);
export const stillInUse = 'still in use';
export const notUsedSince = 'not used since';

export const endOld = 'End now';
export const endOldNamed = (label: string) => `End now: the old secret of ${label}`;
export const endOldTitle = (label: string) => `End the old secret of “${label}”?`;
export const endOldUsedHint = (prefix: string) =>
  `Every call with ${prefix}… is refused at once; the new secret goes on. Something still used it after the rotation.`;
export const endOldUnusedHint = (prefix: string) =>
  `Every call with ${prefix}… is refused at once; the new secret goes on. Nothing has used it since the rotation.`;
export const endOldNow = 'End it now';
export const oldEnded = (label: string) => `The old secret of “${label}” has ended`;

export const revoke = 'Revoke';
export const revokeNamed = (label: string) => `Revoke the token ${label}`;
export const revokeTitle = (label: string) => `Revoke “${label}”?`;
export const revokeHint = 'Every call with it is refused at once. This cannot be undone.';
export const revoked = (label: string) => `The token “${label}” was revoked`;
