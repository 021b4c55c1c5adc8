import type { ReactNode } from 'react';
import { plural } from '../plural';

export const title = (email: ReactNode) => <>Check the mail of {email}</>;

export const orEnterCode = 'Or enter the code from the mail';
export const codeFormat = 'The digits from the mail';
export const signIn = 'Sign in with the code';

export const otherAddress = 'Use another address';
export const sendAgain = 'Send again';
export const sendAgainIn = (seconds: number) => plural(seconds, { other: 'Send again in # s' });
