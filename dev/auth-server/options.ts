import { z } from 'zod';
import type { AccessTokenHook } from './hooks/access-token-hook';

/** The only hosts this server may be reached at: it holds no production-grade secret and must not leave the machine. */
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '::1'] as const;

const seconds = z.number().int().min(0);
const port = z.number().int().min(0).max(65_535);

const serverOptions = z.strictObject({
  /** 0 takes any free port. */
  port: port.default(0),
  smtpPort: port.default(0),
  host: z
    .enum(LOOPBACK_HOSTS, { error: 'the development auth server binds to loopback only: localhost, 127.0.0.1 or ::1' })
    .default('localhost'),
  /** A file, which keeps users, keys and mails between runs, or ':memory:'. */
  databasePath: z.string().min(1),
  siteUrl: z.url(),
  /** Globs, with the meaning Supabase gives them: `*` stops at `.` and `/`, `**` does not. */
  redirectUrls: z.array(z.string()),
  algorithm: z.enum(['HS256', 'ES256']),
  /** Replaces the stored secret, and with it the anon and service keys. */
  jwtSecret: z.string().min(32).optional(),
  autoconfirm: z.boolean().default(false),
  disableSignup: z.boolean().default(false),
  secureEmailChange: z.boolean().default(true),
  /** Providers people may sign in with; stand-ins that believe whatever is typed. */
  externalProviders: z.array(z.enum(['google', 'github'])).default([]),
  /** Lets signed-in people add and remove providers themselves. */
  manualLinking: z.boolean().default(false),
  /** Lets visitors in without an address. */
  anonymousUsers: z.boolean().default(false),
  /** Reshapes every access token, as a Custom Access Token Hook does. */
  accessTokenHook: z.custom<AccessTokenHook>((hook) => typeof hook === 'function').optional(),
  /** A session older than `reauthenticateAfterSeconds` needs a mailed code to change the password. */
  securePasswordChange: z.boolean().default(false),
  reauthenticateAfterSeconds: seconds.default(86_400),
  requireCurrentPassword: z.boolean().default(false),
  /** Identity providers of organizations, by the domains they answer for; stand-ins as well. */
  ssoProviders: z.array(z.object({ id: z.guid(), domains: z.array(z.string()) })).default([]),
  relayStateLifetimeSeconds: seconds.default(120),
  /** Refuses requests without a known `apikey`, as the gateway of the hosted service does. */
  requireApiKey: z.boolean().default(true),
  minimumPasswordLength: z.number().int().min(6).default(6),
  jwtLifetimeSeconds: seconds.default(3600),
  otpLifetimeSeconds: seconds.default(3600),
  flowStateLifetimeSeconds: seconds.default(300),
  refreshReuseIntervalSeconds: seconds.default(10),
  /** Least time between two mails of one kind to one user. */
  mailIntervalSeconds: seconds.default(60),
  /** How many authenticators one person may enrol. */
  maximumFactors: z.number().int().min(1).default(10),
  mfaChallengeLifetimeSeconds: seconds.default(300),
  sessionTimeboxSeconds: seconds.optional(),
  sessionInactivitySeconds: seconds.optional(),
  /** How long somebody with an authenticator may go on without having used it. */
  lowAssuranceSeconds: seconds.optional(),
  /** Only the session that was refreshed last goes on. */
  singleSession: z.boolean().default(false),
});

export type AuthServerOptions = z.input<typeof serverOptions>;
export type AuthServerConfig = z.output<typeof serverOptions>;

/** Fills in the defaults. Throws a readable error on an unknown, malformed or non-loopback option. */
export function readOptions(options: AuthServerOptions): AuthServerConfig {
  const parsed = serverOptions.safeParse(options);
  if (!parsed.success) throw new Error(`Development auth server: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
