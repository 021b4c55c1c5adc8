import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { AuthError, badRequest, notFound } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { checkCodeChallenge, normalizeChallenge } from '../policy/pkce';
import { siteErrorLocation } from '../policy/redirect-location';
import { flag, readBody, text } from '../read-body';
import { acceptAssertion } from '../sso/accept-assertion';
import { insertFlowState } from '../store/flow-states';
import { insertRelayState } from '../store/relay-states';

const NO_PROVIDER = '00000000-0000-0000-0000-000000000000';

const ssoBody = z.object({
  provider_id: z.guid().nullish(),
  domain: text,
  redirect_to: text,
  skip_http_redirect: flag,
  code_challenge: text,
  code_challenge_method: text,
});
type SsoBody = z.output<typeof ssoBody>;

/** Signing in through the identity provider of an organization, found by its domain. */
export function ssoRoutes(server: AuthServerContext): Hono {
  return new Hono()
    .use('/sso/*', async (_c, next) => {
      if (server.config.ssoProviders.length === 0) throw notFound('saml_provider_disabled', 'SAML 2.0 is disabled');
      return next();
    })
    .post('/sso', async (c) => {
      const body = await readBody(c, ssoBody);
      const url = startSso(server, findProvider(server, body), body);
      return body.skip_http_redirect ? c.json({ url }) : c.redirect(url, 303);
    })
    .post('/sso/saml/acs', async (c) => c.redirect(...(await nextLocation(server, c))));
}

function findProvider({ config }: AuthServerContext, { provider_id: id, domain }: SsoBody): string {
  const hasId = Boolean(id) && id !== NO_PROVIDER;
  if (hasId && domain) throw badRequest('validation_failed', 'Only one of provider_id or domain supported');
  if (!hasId && !domain) throw badRequest('validation_failed', 'A provider_id or domain needs to be provided');
  const provider = config.ssoProviders.find((known) => (hasId ? known.id === id : known.domains.includes(domain)));
  if (provider) return provider.id;
  throw notFound('sso_provider_not_found', hasId ? 'No such SSO provider' : 'No SSO provider assigned for this domain');
}

function startSso({ db, publicUrl }: AuthServerContext, providerId: string, body: SsoBody): string {
  const { redirect_to: redirectTo } = body;
  checkCodeChallenge(body);
  const flow = insertFlowState(db, {
    ...normalizeChallenge(body),
    provider_type: 'sso/saml',
    authentication_method: 'sso/saml',
    referrer: redirectTo,
  });
  const relay = insertRelayState(db, { sso_provider_id: providerId, redirect_to: redirectTo, flow_state_id: flow.id });
  const request = Buffer.from(`stand-in request ${relay.id}`).toString('base64');
  return `${publicUrl}/stand-in/sso/${providerId}?${new URLSearchParams({ SAMLRequest: request, RelayState: relay.id })}`;
}

/** Whatever goes wrong here, the site is told: the redirect target is not trusted before the assertion is. */
async function nextLocation(server: AuthServerContext, c: Context): Promise<[string, 302 | 303]> {
  const form = await c.req.parseBody();
  const answer = {
    relayState: String(form.RelayState ?? ''),
    response: String(form.SAMLResponse ?? ''),
    aud: requestAudience(c),
  };
  try {
    return [await acceptAssertion(server, answer), 302];
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    return [siteErrorLocation(server.config.siteUrl, error), 303];
  }
}
