import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { AuthServerContext } from '../auth-server-context';
import { presentFactor } from '../mfa/present-factor';
import { unenrollFactor } from '../mfa/unenroll-factor';
import { readBody, text } from '../read-body';
import { inTransaction } from '../store/database';
import { type Factor, listFactors, renameFactor } from '../store/factors';
import { loadUser } from './admin-users';
import { loadFactor } from './factors';

const factorBody = z.object({ friendly_name: text, phone: text });

/** Factors as an administrator sees them; the guard of /admin stands in front. */
export function adminFactorRoutes(server: AuthServerContext): Hono {
  const { db } = server;
  const load = (c: Context): Factor => loadFactor(server, c, loadUser(server, c).id);
  return new Hono()
    .get('/admin/users/:id/factors', (c) => c.json(listFactors(db, loadUser(server, c).id).map(presentFactor)))
    .put('/admin/users/:id/factors/:factor_id', async (c) => {
      const factor = load(c);
      const { friendly_name: name } = await readBody(c, factorBody);
      return c.json(presentFactor(name ? renameFactor(db, factor, name) : factor));
    })
    .delete('/admin/users/:id/factors/:factor_id', (c) => {
      const factor = load(c);
      inTransaction(db, () => unenrollFactor(db, factor));
      return c.json(presentFactor(factor));
    });
}
