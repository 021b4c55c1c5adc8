import type { Database } from '../store/database';
import { deleteFactor, type Factor } from '../store/factors';
import { listSessionsOfFactor, removeAmr, setAssurance } from '../store/sessions';

/** Removes the factor and lowers the sessions it raised; their tokens say so from the next refresh on. Inside a transaction. */
export function unenrollFactor(db: Database, factor: Factor): void {
  deleteFactor(db, factor);
  for (const session of listSessionsOfFactor(db, factor.id)) {
    removeAmr(db, session.id, 'totp');
    setAssurance(db, session.id, 'aal1', null);
  }
}
