export const title = 'Choose a password';
export const description = (email: string) => `For ${email}. Your other sessions end when you save it.`;
