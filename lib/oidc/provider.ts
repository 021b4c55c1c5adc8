import * as client from 'openid-client';
import type { OidcConfig } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { boundedFetch, ProviderMisbehaved } from './bounded-fetch';
import { oidcConfig } from './seal';

/** The provider as its discovery document describes it, and our client at it. */
export type Provider = client.Configuration;

const TIMEOUT_S = 5;
const FRESH_MS = 600_000;
/** A provider that is away keeps what it said last, this long. */
const STALE_MS = 86_400_000;
const RETRY_MS = 2_000;
/** How long an answer counts as a sign that the provider is there. */
const ANSWERED_MS = 5_000;

type Metadata = client.ServerMetadata;

interface Known {
  key: string;
  asking: Promise<Metadata> | null;
  metadata: Metadata | null;
  at: number;
  failedAt: number;
}
// The document, not the library's object: the built product holds this module twice, and each copy knows only its own objects.
const holder = globalThis as typeof globalThis & { __pandastackOidcProvider?: Known };

/** The discovered provider: asked once in ten minutes by however many. Throws auth_provider_unavailable. */
export async function oidcProvider(): Promise<Provider> {
  const oidc = oidcConfig();
  const known = knownFor(oidc);
  const age = Date.now() - known.at;
  if (known.metadata && age < FRESH_MS) return clientAt(known.metadata, oidc);
  const asked =
    Date.now() - known.failedAt < RETRY_MS ? Promise.reject(new Error('it did not answer a moment ago')) : ask(known, oidc);
  if (!known.metadata || age > STALE_MS) return clientAt(await asked.catch(unavailable), oidc);
  asked.catch(() => undefined);
  return clientAt(known.metadata, oidc);
}

/** Asks for the discovery document now; false when it does not come. For pages that must not send people into nowhere. */
export async function providerAnswers(): Promise<boolean> {
  const oidc = oidcConfig();
  const known = knownFor(oidc);
  if (known.metadata && Date.now() - known.at < ANSWERED_MS) return true;
  return ask(known, oidc).then(
    () => true,
    () => false,
  );
}

function knownFor(oidc: OidcConfig): Known {
  const key = JSON.stringify([oidc.issuer, oidc.clientId, oidc.clientSecret]);
  if (holder.__pandastackOidcProvider?.key !== key) {
    holder.__pandastackOidcProvider = { key, asking: null, metadata: null, at: 0, failedAt: 0 };
  }
  return holder.__pandastackOidcProvider;
}

function ask(known: Known, oidc: OidcConfig): Promise<Metadata> {
  known.asking ??= discover(oidc)
    .then((metadata) => {
      Object.assign(known, { metadata, at: Date.now(), failedAt: 0 });
      return metadata;
    })
    .catch((error: unknown) => {
      known.failedAt = Date.now();
      logger().warn({ err: error }, 'the OpenID Connect provider was not discovered');
      throw error;
    })
    .finally(() => {
      known.asking = null;
    });
  return known.asking;
}

async function discover({ issuer, clientId }: OidcConfig): Promise<Metadata> {
  const server = new URL(issuer);
  const options = {
    timeout: TIMEOUT_S,
    [client.customFetch]: boundedFetch,
    ...(server.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
  };
  const found = await client.discovery(server, clientId, undefined, client.None(), options);
  const metadata = found.serverMetadata();
  refuseUnusable(metadata, server);
  return metadata;
}

let current: { metadata: Metadata; provider: Provider } | null = null;

function clientAt(metadata: Metadata, { issuer, clientId, clientSecret }: OidcConfig): Provider {
  if (current?.metadata === metadata) return current.provider;
  const provider = new client.Configuration(metadata, clientId, undefined, authentication(metadata, clientSecret));
  provider.timeout = TIMEOUT_S;
  provider[client.customFetch] = boundedFetch;
  if (issuer.startsWith('http:')) client.allowInsecureRequests(provider);
  current = { metadata, provider };
  return provider;
}

/** Whatever the library tolerates: an issuer shared by many tenants would let two of them name the same person. */
function refuseUnusable(metadata: Metadata, server: URL): void {
  if (new URL(metadata.issuer).href !== server.href) {
    throw new ProviderMisbehaved(`PANDASTACK_OIDC_ISSUER names ${server.href}, which calls itself ${metadata.issuer}`);
  }
  const needed = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'] as const;
  const missing = needed.filter((name) => !metadata[name]);
  if (missing.length > 0) throw new ProviderMisbehaved(`the provider announces no ${missing.join(', no ')}`);
}

/** Basic is what a client is registered with unless somebody said otherwise (Dynamic Client Registration, section 2). */
function authentication(metadata: Metadata, secret: string | null): client.ClientAuth {
  if (secret === null) return client.None();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const postOnly = methods.includes('client_secret_post') && !methods.includes('client_secret_basic');
  return postOnly ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret);
}

/** The refusal while the provider cannot be asked. Throws always. */
export function unavailable(cause: unknown): never {
  throw new DomainError('auth_provider_unavailable', 'The sign-in service cannot be reached at the moment', {
    hint: 'Try again in a few seconds. Operators: check PANDASTACK_OIDC_ISSUER and the log.',
    cause,
  });
}
