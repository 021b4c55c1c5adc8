type Debug = (connection: number, query: string) => void;

/** Every statement this process sends to Postgres while `work` runs, as postgres.js writes it to the wire. */
export async function queriesOf(work: () => Promise<unknown>): Promise<string[]> {
  const options = globalThis.__pandastackDatabase?.client?.options as { debug?: Debug | boolean } | undefined;
  if (!options) throw new Error('the database is not open');
  const { debug } = options;
  const queries: string[] = [];
  options.debug = (_connection, query) => {
    // What the driver asks once on a connection that is new.
    if (!query.includes('pg_catalog.pg_type')) queries.push(query);
  };
  try {
    await work();
  } finally {
    options.debug = debug;
  }
  return queries;
}
