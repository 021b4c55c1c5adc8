import { z } from 'zod';
import { type Database, timestamp } from './database';

const flowStateRow = z.object({
  id: z.number(),
  user_id: z.string(),
  auth_code: z.string(),
  authentication_method: z.string(),
  code_challenge: z.string(),
  code_challenge_method: z.string(),
  auth_code_issued_at: z.string().nullable(),
  created_at: z.string(),
});

export type FlowState = z.output<typeof flowStateRow>;
export type NewFlowState = Pick<FlowState, 'user_id' | 'authentication_method' | 'code_challenge' | 'code_challenge_method'>;

export function insertFlowState(db: Database, flow: NewFlowState): void {
  db.prepare(
    `INSERT INTO flow_states (user_id, auth_code, authentication_method, code_challenge, code_challenge_method, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    flow.user_id,
    crypto.randomUUID(),
    flow.authentication_method,
    flow.code_challenge,
    flow.code_challenge_method,
    timestamp(),
  );
}

export function findFlowStateByCode(db: Database, authCode: string): FlowState | undefined {
  return flowStateRow.optional().parse(db.prepare('SELECT * FROM flow_states WHERE auth_code = ?').get(authCode));
}

/** Marks the user's latest flow of this method as handed out. An older pending flow is passed over, as in Supabase. */
export function issueLatestFlowState(db: Database, userId: string, method: string): FlowState | undefined {
  const row = db
    .prepare(
      `UPDATE flow_states SET auth_code_issued_at = ?
       WHERE id = (SELECT max(id) FROM flow_states WHERE user_id = ? AND authentication_method = ?) RETURNING *`,
    )
    .get(timestamp(), userId, method);
  return flowStateRow.optional().parse(row);
}

export function deleteFlowState(db: Database, flow: FlowState): void {
  db.prepare('DELETE FROM flow_states WHERE id = ?').run(flow.id);
}
