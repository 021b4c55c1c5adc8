import type { ReactNode } from 'react';

export const title = 'E-mail address';
export const managed = 'Your identity provider manages it. Change it there.';
export const hint =
  'A link goes to the new address and, unless the operator has switched that off, to the present one. The new one counts when both were opened, in this browser.';
export const newAddress = 'New address';
export const another = 'Change to another one';
export const same = 'That is your address already.';
export const send = 'Send the links';
export const sent = 'The mails are on their way';

export const waitingFor = (address: ReactNode) => <>Waiting for {address}</>;
export const waitingHint = (from: string, to: string) =>
  `Open the links in the mailboxes of ${to} and ${from}. Until then ${from} stays your address. To call it off, leave them alone: they run out.`;
export const sendBothAgain = 'Send both again';

export const hasChanged = 'Your e-mail address has changed';
export const telling = 'Telling your organizations …';
export const wasChanged = 'Your e-mail address was changed';
export const told = (email: string) => `It is ${email} now, in your organizations too.`;
export const notTold = 'Your organizations may still show the old address';
export const notToldHint = (advice: string) => `${advice} Then reload this page.`;
