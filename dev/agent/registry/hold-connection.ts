import { type Database, withConnection } from '@/db/postgres';

export interface HeldConnection {
  database: Database;
  release(): Promise<void>;
}

/** A connection for as long as the agent runs, apart from the pool of the process it may share with the product. */
export function holdConnection(url: string): Promise<HeldConnection> {
  return new Promise((resolve, reject) => {
    const released = Promise.withResolvers<void>();
    const held = withConnection(url, async (database) => {
      resolve({
        database,
        release: () => {
          released.resolve();
          return held;
        },
      });
      await released.promise;
    });
    held.catch(reject);
  });
}
