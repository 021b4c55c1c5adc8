export const title = 'No organization yet';
export const description = 'You are signed in, but no organization on this server has you as a member.';
export const yourAccount = 'Your account';

export const awaitedOwner = (hint: string | undefined) => `This server awaits your address as its owner. ${hint ?? ''}`;

export const setUpTitle = 'Set up this server';
export const setUpHint = 'Nobody owns it yet. With the setup code from its log you found the first organization and own it.';
export const enterCode = 'Enter the setup code';

export const invitations = 'Invitations';
export const startOwn = 'Start your own';

export const askTitle = 'Ask to be added';
export const orAskTitle = 'Or ask to be added';
export const askHint = 'An owner or admin can invite your address. The operator of this server can also add you by your user id.';
export const copyEmail = 'Copy my e-mail address';
export const copyUserId = 'Copy my user id';
