import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AuthServerContext } from './auth-server-context';
import { createApp } from './create-app';
import { startSmtpSink } from './inbox/smtp-sink';
import { type AuthServerConfig, type AuthServerOptions, readOptions } from './options';
import { loadSigningKeys } from './signing-keys';
import { openDatabase } from './store/database';

export interface AuthServer {
  /** The SUPABASE_URL: origin without a path. */
  url: string;
  /** Mail sent here lands in the inbox. */
  smtpUrl: string;
  anonKey: string;
  serviceRoleKey: string;
  jwtSecret: string;
  close(): Promise<void>;
}

/** Starts the server and its SMTP sink on loopback. For development and tests only: it answers for nobody's safety. */
export async function startAuthServer(options: AuthServerOptions): Promise<AuthServer> {
  const config = readOptions(options);
  const db = openDatabase(config.databasePath);
  const keys = await loadSigningKeys(db, config);
  const smtp = await startSmtpSink(db, config.smtpPort);
  const { server, publicUrl, serve } = await listen(config).catch(async (error: unknown) => {
    await smtp.close();
    throw error;
  });
  const context: AuthServerContext = { config, db, keys, publicUrl };
  serve(createApp(context));
  return {
    url: publicUrl,
    smtpUrl: smtp.url,
    anonKey: keys.anonKey,
    serviceRoleKey: keys.serviceRoleKey,
    jwtSecret: keys.jwtSecret,
    close: async () => {
      await Promise.all([closeServer(server), smtp.close()]);
      db.close();
    },
  };
}

interface Listening {
  server: Server;
  publicUrl: string;
  serve(app: Hono): void;
}

/** The app is made after listening, because its links and its issuer name the port. */
async function listen(config: AuthServerConfig): Promise<Listening> {
  const ready = Promise.withResolvers<Hono>();
  const server = createAdaptorServer({ fetch: async (request, env) => (await ready.promise).fetch(request, env) }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host === 'localhost' ? '127.0.0.1' : config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = config.host === '::1' ? '[::1]' : config.host;
  return { server, publicUrl: `http://${host}:${port}`, serve: ready.resolve };
}

/** Lets requests finish, but not longer than a second: an open page keeps its connection. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(deadline);
}
