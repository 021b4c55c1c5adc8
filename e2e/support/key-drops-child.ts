import process from 'node:process';
import { openDatabaseAt } from '@/db/postgres';
import { watchKeyDrops } from '@/lib/auth/key-drops';
import { keySets, stateOf } from '@/lib/auth/key-set-state';

// A replica: holds a key set, and tells its parent when it has forgotten it.
await openDatabaseAt(process.env.PANDASTACK_DATABASE_URL ?? '');
await watchKeyDrops();
stateOf('http://keys.example/jwks.json');
process.send?.('watching');
setInterval(() => {
  if (keySets().states.size > 0) return;
  process.send?.('dropped');
  process.exit(0);
}, 5);
