export const authenticatorApp = 'Authenticator app';
export const nthAuthenticatorApp = (count: number) => `Authenticator app ${count}`;

export const name = 'Name of the authenticator';
export const nameHint = 'So that you know it again: the phone or the app it lives in.';
export const showQrCode = 'Show the QR code';

export const scan = 'Scan this with an authenticator app, or type the key into it.';
export const qrCode = 'QR code of the key below';
export const copyKey = 'Copy the key';
export const code = 'Code from the app';
export const turnOn = 'Turn on';
