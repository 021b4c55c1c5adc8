import { Hono } from 'hono';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import type { AuthServerContext } from '../auth-server-context';
import { STYLE_SOURCE, sourceOf } from '../inbox/page-assets';
import { pageLayout } from '../inbox/page-layout';
import { encodeAssertion } from '../sso/assertion';
import { listPeople, putPerson } from '../store/stand-in-people';
import { personPage } from './provider-page';

const form = z.object({ email: z.email(), name: z.string().default('') });

const SUBMIT_SCRIPT = 'document.forms[0].submit();';

/** Stands in for the identity provider of an organization. Like a real one, it posts its answer through the browser. */
export function identityProviderRoutes({ db, publicUrl, config }: AuthServerContext): Hono {
  const routes = new Hono();
  routes.use(
    secureHeaders({
      strictTransportSecurity: false,
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: [STYLE_SOURCE],
        scriptSrc: [sourceOf(SUBMIT_SCRIPT)],
        imgSrc: ['data:'],
        baseUri: ["'none'"],
      },
    }),
  );
  routes.use('/:id', async (c, next) => (config.ssoProviders.some(({ id }) => id === c.req.param('id')) ? next() : c.notFound()));
  return routes
    .get('/:id', (c) => c.html(personPage({ title: 'your organization', people: listPeople(db, `sso:${c.req.param('id')}`) })))
    .post('/:id', async (c) => {
      const said = form.safeParse(await c.req.parseBody());
      if (!said.success) return c.text('An email address is needed', 400);
      const { email, name } = said.data;
      const id = c.req.param('id');
      putPerson(db, { provider: `sso:${id}`, email, name, email_verified: true });
      const response = encodeAssertion({ issuer: `${publicUrl}/stand-in/sso/${id}`, email, name });
      return c.html(answerPage(response, c.req.query('RelayState') ?? ''));
    });
}

function answerPage(response: string, relayState: string) {
  return pageLayout({
    title: 'Signed in',
    header: html`<h1>Signed in</h1>`,
    main: html`<form method="post" action="/auth/v1/sso/saml/acs">
<input type="hidden" name="SAMLResponse" value="${response}"><input type="hidden" name="RelayState" value="${relayState}">
<button type="submit">Continue</button>
</form>`,
    script: SUBMIT_SCRIPT,
  });
}
