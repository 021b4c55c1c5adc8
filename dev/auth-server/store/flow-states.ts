import { z } from 'zod';
import { type Database, timestamp } from './database';

const flowStateRow = z.object({
  id: z.string(),
  user_id: z.string().nullable(),
  auth_code: z.string().nullable(),
  authentication_method: z.string(),
  /** Empty in the implicit flow, as the next. */
  code_challenge: z.string(),
  code_challenge_method: z.string(),
  provider_type: z.string(),
  provider_access_token: z.string(),
  provider_refresh_token: z.string(),
  /** Where the flow leads when it is over. */
  referrer: z.string(),
  invite_token: z.string(),
  linking_target_id: z.string().nullable(),
  auth_code_issued_at: z.string().nullable(),
  created_at: z.string(),
});

export type FlowState = z.output<typeof flowStateRow>;
export type NewFlowState = Pick<FlowState, 'authentication_method' | 'code_challenge' | 'code_challenge_method'> &
  Partial<Pick<FlowState, 'user_id' | 'provider_type' | 'referrer' | 'invite_token' | 'linking_target_id'>>;
type FlowStateChanges = Partial<
  Pick<FlowState, 'user_id' | 'provider_access_token' | 'provider_refresh_token' | 'auth_code_issued_at'>
>;

export function insertFlowState(db: Database, flow: NewFlowState): FlowState {
  const columns = Object.entries({
    ...flow,
    id: crypto.randomUUID(),
    auth_code: flow.code_challenge ? crypto.randomUUID() : null,
    created_at: timestamp(),
  }).filter(([, value]) => value !== undefined);
  const names = columns.map(([name]) => name).join(', ');
  const places = columns.map(() => '?').join(', ');
  const row = db
    .prepare(`INSERT INTO flow_state (${names}) VALUES (${places}) RETURNING *`)
    .get(...columns.map(([, value]) => value ?? null));
  return flowStateRow.parse(row);
}

export function findFlowState(db: Database, id: string): FlowState | undefined {
  return flowStateRow.optional().parse(db.prepare('SELECT * FROM flow_state WHERE id = ?').get(id));
}

export function findFlowStateByCode(db: Database, authCode: string): FlowState | undefined {
  return flowStateRow.optional().parse(db.prepare('SELECT * FROM flow_state WHERE auth_code = ?').get(authCode));
}

/** Writes the named columns only. Column names come from the type, never from input. */
export function updateFlowState(db: Database, flow: FlowState, changes: FlowStateChanges): void {
  const columns = Object.entries(changes);
  const assignments = columns.map(([name]) => `${name} = ?`).join(', ');
  db.prepare(`UPDATE flow_state SET ${assignments} WHERE id = ?`).run(...columns.map(([, value]) => value), flow.id);
}

/** Marks the user's latest flow of this method as handed out. An older pending flow is passed over, as in Supabase. */
export function issueLatestFlowState(db: Database, userId: string, method: string): FlowState | undefined {
  const row = db
    .prepare(
      `UPDATE flow_state SET auth_code_issued_at = ?
       WHERE row = (SELECT max(row) FROM flow_state WHERE user_id = ? AND authentication_method = ?) RETURNING *`,
    )
    .get(timestamp(), userId, method);
  return flowStateRow.optional().parse(row);
}

export function deleteFlowState(db: Database, flow: FlowState): void {
  db.prepare('DELETE FROM flow_state WHERE id = ?').run(flow.id);
}
