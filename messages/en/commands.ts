export const account = 'Account';

export const createSandbox = 'Create a sandbox';
export const createSandboxAlso = 'new start';
export const createToken = 'Create an API token';
export const createTokenAlso = 'new key secret';
export const invite = 'Invite people';
export const inviteAlso = 'add members';
export const createOrg = 'Create an organization';
export const createOrgAlso = 'new company team';

export const copyOrgId = 'Copy the organization’s id';
export const copyOrgSlug = 'Copy the organization’s slug';
export const copyUserId = 'Copy my user id';

export const lightTheme = 'Light theme';
export const darkTheme = 'Dark theme';
export const systemTheme = 'Theme of the system';
export const themeAlso = 'switch colour';

export const shortcuts = 'Keyboard shortcuts';
export const shortcutsAlso = 'keys help';
export const signOut = 'Sign out';
export const signOutAlso = 'log out leave';

export const notLoaded = 'This part of the page could not be loaded';
export const notLoadedHint = 'Check your connection and try again.';
