export const startPage = 'Start page';

export const signIn = 'Sign in';
export const signOut = 'Sign out';
export const signedInAs = (email: string) => (email ? `Signed in as ${email}` : 'Signed in');

export const goOn = 'Continue';
export const notNow = 'Not now';
