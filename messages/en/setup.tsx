import type { ReactNode } from 'react';

export const title = 'Set up this server';
export const description = 'Nobody owns it yet. Name its first organization; you become the owner.';
export const signedInAs = (who: ReactNode) => <>Signed in as {who}.</>;
export const notNow = 'Not now';

export const code = 'Setup code';
export const codeExample = 'XXXX-XXXX-XXXX-XXXX';
export const codeHint = 'In the log of the server, from its last start.';
export const codeProblem = (problem: string) => `The code ${problem}`;
export const organization = 'Organization';
export const organizationHint = 'People, API tokens and sandboxes belong to one. It can be renamed later.';
export const organizationExample = 'Acme Research';
export const nameProblem = (problem: string) => `The name ${problem}`;
export const enter = 'Set up and enter';

export const closedTitle = 'This server is set up';
export const closedDescription =
  'It has had its first owner, so its setup is closed for good. To get in, ask an owner or admin to invite you.';
export const toMyOrganization = 'To my organization';
