import { Hono } from 'hono';
import { promoteEmail } from '../accounts/promote-email';
import { recordProviders } from '../accounts/record-providers';
import { forbidden, notFound, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { authenticateUser, isUuid, requestAudience } from '../authenticate';
import { startAuthorization } from '../external/start-authorization';
import { inTransaction } from '../store/database';
import { deleteIdentity, listIdentities } from '../store/identities';

/** A signed-in person's ways in: add a provider, or remove one while another is left. */
export function identityRoutes(server: AuthServerContext): Hono {
  const { db, config } = server;
  return new Hono()
    .get('/user/identities/authorize', async (c) => {
      const { user } = await authenticateUser(server, c);
      if (!config.manualLinking) throw linkingDisabled();
      const url = startAuthorization(server, c, user);
      return c.req.query('skip_http_redirect') === 'true' ? c.json({ url }) : c.redirect(url, 302);
    })
    .delete('/user/identities/:id', async (c) => {
      const { user, claims } = await authenticateUser(server, c);
      if (!config.manualLinking) throw linkingDisabled();
      const id = c.req.param('id');
      if (!isUuid(id)) throw notFound('validation_failed', 'identity_id must be an UUID');
      if (requestAudience(c, claims) !== [claims.aud].flat()[0]) {
        throw forbidden('unexpected_audience', "Token audience doesn't match request audience");
      }
      const identities = listIdentities(db, user.id);
      if (identities.length <= 1) {
        throw unprocessable('single_identity_not_deletable', 'User must have at least 1 identity after unlinking');
      }
      const identity = identities.find((candidate) => candidate.id === id.toLowerCase());
      if (!identity) throw unprocessable('identity_not_found', "Identity doesn't exist");
      inTransaction(db, () => {
        deleteIdentity(db, identity);
        recordProviders(db, promoteEmail(server, user));
      });
      return c.json({});
    });
}

const linkingDisabled = () => notFound('manual_linking_disabled', 'Manual linking is disabled');
