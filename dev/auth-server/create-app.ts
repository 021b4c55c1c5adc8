import { Hono } from 'hono';
import type { AuthServerContext } from './auth-server-context';
import { errorResponse } from './error-response';
import { allowEveryOrigin, refuseHead, requireApiKey, requireLoopbackHost } from './gateway';
import { inboxRoutes } from './inbox/inbox-routes';
import { adminFactorRoutes } from './routes/admin-factors';
import { adminUserRoutes } from './routes/admin-users';
import { authorizeRoutes } from './routes/authorize';
import { factorRoutes } from './routes/factors';
import { generateLinkRoutes } from './routes/generate-link';
import { identityRoutes } from './routes/identities';
import { inviteRoutes } from './routes/invite';
import { logoutRoutes } from './routes/logout';
import { otpRoutes } from './routes/otp';
import { reauthenticateRoutes } from './routes/reauthenticate';
import { recoverRoutes } from './routes/recover';
import { resendRoutes } from './routes/resend';
import { serviceInfoRoutes } from './routes/service-info';
import { signupRoutes } from './routes/signup';
import { ssoRoutes } from './routes/sso';
import { tokenRoutes } from './routes/token';
import { userRoutes } from './routes/user';
import { verifyRoutes } from './routes/verify';
import { identityProviderRoutes } from './stand-in/identity-provider-routes';
import { providerRoutes } from './stand-in/provider-routes';

/** The whole surface on one screen: the API under /auth/v1, the inbox and the stand-in providers beside it. */
export function createApp(server: AuthServerContext): Hono {
  const app = new Hono();
  app.use(requireLoopbackHost, refuseHead);
  app.use('/auth/v1/*', allowEveryOrigin(), requireApiKey(server));
  app.route('/auth/v1', serviceInfoRoutes(server));
  app.route('/auth/v1', signupRoutes(server));
  app.route('/auth/v1', tokenRoutes(server));
  app.route('/auth/v1', otpRoutes(server));
  app.route('/auth/v1', recoverRoutes(server));
  app.route('/auth/v1', resendRoutes(server));
  app.route('/auth/v1', verifyRoutes(server));
  app.route('/auth/v1', userRoutes(server));
  app.route('/auth/v1', reauthenticateRoutes(server));
  app.route('/auth/v1', factorRoutes(server));
  app.route('/auth/v1', authorizeRoutes(server));
  app.route('/auth/v1', identityRoutes(server));
  app.route('/auth/v1', ssoRoutes(server));
  app.route('/auth/v1', logoutRoutes(server));
  app.route('/auth/v1', inviteRoutes(server));
  // First, because it guards everything below /admin.
  app.route('/auth/v1', adminUserRoutes(server));
  app.route('/auth/v1', adminFactorRoutes(server));
  app.route('/auth/v1', generateLinkRoutes(server));
  app.route('/stand-in/sso', identityProviderRoutes(server));
  app.route('/stand-in', providerRoutes(server));
  app.route('/', inboxRoutes(server));
  const paths = new Set(app.routes.map((route) => route.path));
  app.notFound((c) => (paths.has(c.req.path) ? c.body(null, 405) : c.text('404 page not found\n', 404)));
  app.onError((error, c) => errorResponse(c, error));
  return app;
}
