export const pageTitle = 'Two-factor sign-in';

export const challengeTitle = 'One more step';
export const challengeHint = 'Your account is protected by a second factor.';
export const authenticator = 'Authenticator';
export const code = 'Code from your authenticator app';
export const codeOf = (name: string | undefined) => `The one called “${name}”.`;
export const goOn = 'Continue';
export const lost =
  'Lost your authenticator? There are no recovery codes: use another authenticator of yours, or ask the operator of this server to remove the lost one.';

export const setUpTitle = 'Set up two-factor sign-in';
export const askedBy = (org: string) => `${org} asks for two-factor sign-in. Set it up now; you go on right after.`;
export const setUpHint = 'A second factor protects your account. Set it up now; you go on right after.';
export const needsApp =
  'Any authenticator app will do: the one of your phone, or your password manager. There are no recovery codes, so add a second one afterwards under Account.';

export const elsewhereTitle = 'A second factor is asked for';
export const byProvider = 'Your identity provider manages two-factor sign-in';
export const byProviderHint = 'Turn it on there, sign out here and sign in again with it.';
export const noneHere = 'This mode has no second factor';
export const noneHereHint = 'Organizations that ask for one cannot be opened in stub mode.';

export const unknownFactor = 'Your second factor cannot be used here';
export const unknownFactorHint =
  'This dashboard asks for the codes of authenticator apps. Ask the operator of this server to remove the other factor.';
