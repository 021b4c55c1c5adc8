export const title = 'The sign-in service cannot be reached';
export const description = 'You are still signed in and nothing is lost. Try again in a few seconds.';
export const tryAgain = 'Try again';
export const operators = (code: (text: string) => string) =>
  `Still failing? Operators: see ${code('/readyz')} and check SUPABASE_URL.`;
