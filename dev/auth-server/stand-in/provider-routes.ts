import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import type { AuthServerContext } from '../auth-server-context';
import { STAND_INS } from '../external/providers';
import { STYLE_SOURCE } from '../inbox/page-assets';
import { exchangeCode, findGranted, grantAccess, listPeople, putPerson } from '../store/stand-in-people';
import { personPage } from './provider-page';

const form = z.object({
  decision: z.enum(['allow', 'deny']).default('allow'),
  email: z.email(),
  name: z.string().default(''),
  email_verified: z.string().optional(),
});

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//;

/**
 * Stands in for GitHub, in whose protocol it speaks, and for Google: it believes whatever is typed. Because the
 * protocol is real, another auth server can be pointed to it too.
 */
export function providerRoutes({ db }: AuthServerContext): Hono {
  const routes = new Hono();
  routes.use(
    secureHeaders({
      strictTransportSecurity: false,
      // The form's answer is a redirect to the auth server and on to the app, so form-action cannot be named here.
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: [STYLE_SOURCE], imgSrc: ['data:'], baseUri: ["'none'"] },
    }),
  );
  routes.use('/:provider/*', async (c, next) => (STAND_INS[c.req.param('provider')] ? next() : c.notFound()));
  return routes
    .get('/:provider/login/oauth/authorize', (c) => {
      const provider = c.req.param('provider');
      if (!isUsable(c)) return c.text('redirect_uri must be on this machine', 400);
      return c.html(
        personPage({ title: STAND_INS[provider]?.title ?? provider, people: listPeople(db, provider), isProvider: true }),
      );
    })
    .post('/:provider/login/oauth/authorize', async (c) => {
      if (!isUsable(c)) return c.text('redirect_uri must be on this machine', 400);
      const body = await c.req.parseBody();
      if (body.decision === 'deny') {
        return c.redirect(answerUrl(c, { error: 'access_denied', error_description: 'The user denied the request' }), 302);
      }
      const said = form.safeParse(body);
      if (!said.success) return c.text('An email address is needed', 400);
      const { email, name, email_verified } = said.data;
      const profile = { provider: c.req.param('provider'), email, name, email_verified: email_verified !== undefined };
      return c.redirect(answerUrl(c, { code: grantAccess(db, putPerson(db, profile)) }), 302);
    })
    .post('/:provider/login/oauth/access_token', async (c) => {
      const { code } = await c.req.parseBody();
      const exchanged = exchangeCode(db, c.req.param('provider'), String(code));
      if (!exchanged) return c.json({ error: 'bad_verification_code' });
      return c.json({ access_token: exchanged.accessToken, token_type: 'bearer', scope: 'user:email' });
    })
    .get('/:provider/api/v3/user', (c) => {
      const person = personOf(c);
      if (!person) return c.json({ message: 'Bad credentials' }, 401);
      return c.json({ id: person.id, login: person.email.split('@')[0], name: person.name, email: person.email });
    })
    .get('/:provider/api/v3/user/emails', (c) => {
      const person = personOf(c);
      if (!person) return c.json({ message: 'Bad credentials' }, 401);
      return c.json([{ email: person.email, primary: true, verified: person.email_verified }]);
    });

  function personOf(c: Context) {
    const token = /^(?:bearer|token) (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
    return findGranted(db, c.req.param('provider') ?? '', token);
  }
}

const isUsable = (c: Context): boolean => LOOPBACK.test(c.req.query('redirect_uri') ?? '');

function answerUrl(c: Context, answer: Record<string, string>): string {
  const url = new URL(c.req.query('redirect_uri') ?? '');
  for (const [name, value] of Object.entries({ ...answer, state: c.req.query('state') ?? '' })) url.searchParams.set(name, value);
  return url.href;
}
