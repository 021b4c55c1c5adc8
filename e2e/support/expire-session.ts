import type { Person } from './person';

/** Lets the session's cookie say that its access token has run out, as it does an hour later. */
export async function expireSession({ context }: Person): Promise<void> {
  const cookies = (await context.cookies())
    .filter(({ name }) => /^sb-.*-auth-token(\.\d+)?$/.test(name))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const text = cookies.map(({ value }) => decodeURIComponent(value)).join('');
  const session = JSON.parse(Buffer.from(text.slice('base64-'.length), 'base64url').toString('utf8'));
  const changed = `base64-${Buffer.from(JSON.stringify({ ...session, expires_at: 1 })).toString('base64url')}`;
  const size = Math.ceil(changed.length / cookies.length);
  await context.addCookies(
    cookies.map((cookie, index) => ({ ...cookie, value: changed.slice(index * size, (index + 1) * size) })),
  );
}
