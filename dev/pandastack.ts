import { join } from 'node:path';
import process from 'node:process';
import { localSettings } from './start/local-settings';

// The configuration that `npm start` gives its server; a development auth server is named, and not asked by any command.
const { env, needsAuthServer } = localSettings(join(import.meta.dirname, '..'));
const stand = needsAuthServer ? { SUPABASE_URL: 'http://localhost:9999', SUPABASE_ANON_KEY: 'sb_publishable_local' } : {};
Object.assign(process.env, env, stand);
await import('../cli/main');
