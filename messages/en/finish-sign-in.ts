export const title = 'Finish signing in';
export const signsInAs = (who: string) => `The link signs you in as ${who}. Is that you?`;
export const noAddress = 'an account without an address';
export const goOn = 'Continue';
export const notMe = 'That is not me';
export const signIn = 'Sign in';
