import { z } from 'zod';
import { type Database, timestamp } from './database';

const relayStateRow = z.object({
  id: z.string(),
  sso_provider_id: z.string(),
  redirect_to: z.string(),
  flow_state_id: z.string(),
  created_at: z.string(),
});

export type RelayState = z.output<typeof relayStateRow>;

export function insertRelayState(db: Database, state: Omit<RelayState, 'id' | 'created_at'>): RelayState {
  const row = db
    .prepare(
      `INSERT INTO saml_relay_states (id, sso_provider_id, redirect_to, flow_state_id, created_at)
       VALUES (?, ?, ?, ?, ?) RETURNING *`,
    )
    .get(crypto.randomUUID(), state.sso_provider_id, state.redirect_to, state.flow_state_id, timestamp());
  return relayStateRow.parse(row);
}

/** Uses the state up: an identity provider answers once. */
export function takeRelayState(db: Database, id: string): RelayState | undefined {
  return relayStateRow
    .optional()
    .parse(db.prepare('DELETE FROM saml_relay_states WHERE id = ? RETURNING *').get(id.toLowerCase()));
}
