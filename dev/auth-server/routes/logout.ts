import { Hono } from 'hono';
import { badRequest } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { authenticateUser } from '../authenticate';
import { deleteAllSessions, deleteOtherSessions, deleteSession } from '../store/sessions';

const SCOPES = ['global', 'local', 'others'];

export function logoutRoutes(server: AuthServerContext): Hono {
  return new Hono().post('/logout', async (c) => {
    const { user, session } = await authenticateUser(server, c);
    const scope = c.req.query('scope') || 'global';
    if (!SCOPES.includes(scope)) throw badRequest('validation_failed', `Unsupported logout scope "${scope}"`);
    if (scope === 'local' && session) deleteSession(server.db, session.id);
    else if (scope === 'others' && session) deleteOtherSessions(server.db, user.id, session.id);
    else deleteAllSessions(server.db, user.id);
    return c.body(null, 204);
  });
}
