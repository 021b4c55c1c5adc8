import { Hono } from 'hono';
import type { AuthServerContext } from '../auth-server-context';
import { PROVIDERS } from '../external/providers';

/** What a client or an operator may learn without signing in. */
export function serviceInfoRoutes({ config, keys }: AuthServerContext): Hono {
  return new Hono()
    .get('/health', (c) =>
      c.json({ version: 'development', name: 'GoTrue', description: 'GoTrue is a user registration and authentication API' }),
    )
    .get('/settings', (c) =>
      c.json({
        external: {
          ...Object.fromEntries(PROVIDERS.map((name) => [name, config.externalProviders.some((enabled) => enabled === name)])),
          anonymous_users: config.anonymousUsers,
          email: true,
          phone: false,
        },
        disable_signup: config.disableSignup,
        mailer_autoconfirm: config.autoconfirm,
        phone_autoconfirm: false,
        sms_provider: '',
        saml_enabled: config.ssoProviders.length > 0,
        // Supabase says so even while SAML is off.
        saml_private_key_next_configured: true,
        passkeys_enabled: false,
      }),
    )
    .get('/.well-known/jwks.json', (c) => {
      c.header('Cache-Control', 'public, max-age=600');
      return c.json({ keys: keys.asymmetric ? [keys.asymmetric.publicJwk] : [] });
    });
}
