export const present = 'Present password';
export const presentHint = 'This server asks for it.';
export const fresh = 'New password';

export const enterCode = 'Enter the code from the mail';
export const codeSent = (email: string) => `You signed in a while ago, so a code was sent to ${email}.`;
export const code = 'Code from the mail';
export const sendAnother = 'Send another code';

export const save = 'Save the password';
