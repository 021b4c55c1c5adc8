export const notOurLink = 'This is not a link of ours';
export const notOurLinkHint = 'Open the link in the mail again.';

export const unreachable = 'The sign-in service cannot be reached';
export const nobody = 'Nobody is signed in here';
export const noTokens = 'This server has no such tokens';

export const signingOutTitle = 'Signing out';
export const signingOut = (link: (text: string) => string) => `Signing out … ${link('Continue')}`;
