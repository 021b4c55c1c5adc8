import { type OpenedLink, openLink } from './raw-call';
import type { Target } from './target';

export interface ProviderPerson {
  email: string;
  name?: string;
  isVerified?: boolean;
}

/** Where a sign-in with GitHub begins, as a browser would open it. */
export function authorizeUrl(target: Target, parameters: Record<string, string> = {}): string {
  return `${target.url}/auth/v1/authorize?${new URLSearchParams({ provider: 'github', ...parameters })}`;
}

/** Follows the redirect to the provider's page. */
export async function openProvider(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  await response.body?.cancel();
  return response.headers.get('location') ?? '';
}

/** Answers the provider's page and returns the address it sends the browser back to. */
export async function answerProvider(providerUrl: string, answer: ProviderPerson | 'deny'): Promise<string> {
  const form =
    answer === 'deny'
      ? { decision: 'deny' }
      : {
          decision: 'allow',
          email: answer.email,
          name: answer.name ?? '',
          ...(answer.isVerified !== false && { email_verified: 'on' }),
        };
  const response = await fetch(providerUrl, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  await response.body?.cancel();
  return response.headers.get('location') ?? '';
}

/** From the provider's page up to the redirect into the app. */
export async function passProvider(providerUrl: string, answer: ProviderPerson | 'deny'): Promise<OpenedLink> {
  return openLink(await answerProvider(providerUrl, answer));
}

/** The whole way, beginning at the auth server. */
export async function signInAt(url: string, answer: ProviderPerson | 'deny'): Promise<OpenedLink> {
  return passProvider(await openProvider(url), answer);
}
