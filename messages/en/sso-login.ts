export const email = 'Work e-mail';
export const emailHint = 'Its domain leads to the sign-in page of your organization.';
export const goOn = 'Continue';
export const otherWays = 'Other ways to sign in';
