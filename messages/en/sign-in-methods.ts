/** Ways to an account that bear no company's name. */
export const email = 'E-mail';
export const phone = 'Phone';
export const singleSignOn = 'Single sign-on';
