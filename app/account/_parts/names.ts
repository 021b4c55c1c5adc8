const PROVIDERS: Record<string, string> = {
  azure: 'Microsoft',
  email: 'E-mail',
  github: 'GitHub',
  gitlab: 'GitLab',
  linkedin_oidc: 'LinkedIn',
  phone: 'Phone',
  slack_oidc: 'Slack',
};

/** A provider's name as people know it. */
export function providerName(provider: string): string {
  if (provider.startsWith('sso')) return 'Single sign-on';
  return PROVIDERS[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1);
}

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
