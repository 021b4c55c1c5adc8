export const email = 'E-mail';
export const password = 'Password';

export const lostServer = 'This page lost its server';
export const lostServerHint = 'Reload it and try again.';
