const METHODS: Record<string, string> = {
  password: 'password',
  oauth: 'another service',
  otp: 'link or code by mail',
  magiclink: 'link by mail',
  'email/signup': 'confirmation mail',
  email_change: 'link of an e-mail change',
  recovery: 'password reset mail',
  invite: 'invitation mail',
  totp: 'authenticator app',
  'mfa/phone': 'code by phone',
  'mfa/webauthn': 'security key',
  'sso/saml': 'single sign-on',
  passkey: 'passkey',
};

/** How somebody proved who they are, in words. */
export function methodName(method: string): string {
  return METHODS[method] ?? method;
}
