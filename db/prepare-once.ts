import { type Database, db } from './postgres';

/** A query whose SQL is written once per database instead of once per request; for the few that every request makes. */
export function prepareOnce<Query>(build: (database: Database) => Query): () => Query {
  const known = new WeakMap<Database, Query>();
  return () => {
    const database = db();
    const found = known.get(database);
    if (found) return found;
    const query = build(database);
    known.set(database, query);
    return query;
  };
}
