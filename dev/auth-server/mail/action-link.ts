/** The link of a mail. Its token is what /verify consumes; reading the mail is all it takes. */
export function actionLink(publicUrl: string, token: string, type: string, redirectTo: string): string {
  const target = /[&=#]/.test(redirectTo) ? encodeURIComponent(redirectTo) : redirectTo;
  return `${publicUrl}/auth/v1/verify?token=${token}&type=${type}&redirect_to=${target}`;
}
