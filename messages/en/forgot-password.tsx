import type { ReactNode } from 'react';

export const pageTitle = 'Forgot password';
export const title = 'Forgot your password?';
export const description = 'We mail you a link that signs you in; then you choose a new one.';
export const remembered = (link: (text: string) => ReactNode) => <>Remembered it? {link('Sign in')}</>;

export const mailLink = 'Mail me the link';
export const sent = 'If it has an account here, a link to choose a new password is on its way. Open it in this browser.';
