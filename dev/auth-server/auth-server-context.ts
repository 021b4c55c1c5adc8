import type { AuthServerConfig } from './options';
import type { SigningKeys } from './signing-keys';
import type { Database } from './store/database';

/** What every route needs; made once the port is known. */
export interface AuthServerContext {
  config: AuthServerConfig;
  db: Database;
  keys: SigningKeys;
  /** Origin under which /auth/v1 is reached, without a trailing slash. */
  publicUrl: string;
}
