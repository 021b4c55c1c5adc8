import { parseArgs } from 'node:util';
import type { AuthServerOptions } from './options';
import { startAuthServer } from './start-auth-server';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'smtp-port': { type: 'string' },
    host: { type: 'string' },
    database: { type: 'string' },
    'site-url': { type: 'string' },
    'redirect-url': { type: 'string', multiple: true },
    algorithm: { type: 'string' },
    'jwt-secret': { type: 'string' },
    'jwt-lifetime': { type: 'string' },
    'mail-interval': { type: 'string' },
    autoconfirm: { type: 'boolean' },
  },
});
const { env } = process;

/** A flag wins over its variable; the options' own defaults and checks come after both. */
function readCommandLine(): AuthServerOptions {
  const siteUrl = values['site-url'] ?? env.DEV_AUTH_SITE_URL ?? 'http://localhost:3000';
  return {
    port: Number(values.port ?? env.DEV_AUTH_PORT ?? 54_321),
    smtpPort: Number(values['smtp-port'] ?? env.DEV_AUTH_SMTP_PORT ?? 54_325),
    host: (values.host ?? env.DEV_AUTH_HOST ?? 'localhost') as AuthServerOptions['host'],
    databasePath: values.database ?? env.DEV_AUTH_DATABASE ?? '.pandastack/dev-auth.sqlite',
    siteUrl,
    redirectUrls: values['redirect-url'] ?? env.DEV_AUTH_REDIRECT_URLS?.split(',') ?? [`${siteUrl}/**`],
    algorithm: (values.algorithm ?? env.DEV_AUTH_ALGORITHM ?? 'HS256') as AuthServerOptions['algorithm'],
    jwtSecret: values['jwt-secret'] ?? env.DEV_AUTH_JWT_SECRET,
    jwtLifetimeSeconds: Number(values['jwt-lifetime'] ?? env.DEV_AUTH_JWT_LIFETIME ?? 3600),
    mailIntervalSeconds: Number(values['mail-interval'] ?? env.DEV_AUTH_MAIL_INTERVAL ?? 60),
    autoconfirm: values.autoconfirm ?? env.DEV_AUTH_AUTOCONFIRM === 'true',
  };
}

async function main(): Promise<void> {
  const { close, ...server } = await startAuthServer(readCommandLine());
  console.error(
    'DEVELOPMENT AUTH SERVER: for this machine only. Every mail is readable, nothing here is safe for real accounts.',
  );
  console.error(`Inbox: ${server.url}/inbox`);
  console.log(JSON.stringify({ ready: true, ...server, inboxUrl: `${server.url}/inbox` }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
