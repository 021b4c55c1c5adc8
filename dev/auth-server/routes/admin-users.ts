import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { changePassword, confirmUser } from '../accounts/confirm-user';
import { findEmailOwner } from '../accounts/email-owner';
import { registerUser } from '../accounts/register-user';
import { AuthError, badRequest, emailExists, notFound } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { isUuid, requestAudience, requireAdmin } from '../authenticate';
import { readBan } from '../policy/ban';
import { readEmailAddress } from '../policy/email-address';
import { checkPasswordStrength, hashPassword, isTooLong, randomPassword } from '../policy/password';
import { presentListedUser, presentUser } from '../present-user';
import { flag, metadata, readBody, text } from '../read-body';
import { inTransaction } from '../store/database';
import { findEmailIdentity, insertEmailIdentity, updateIdentityData } from '../store/identities';
import { deleteUser, findUserById, listUsers, mergeMetadata, type User, updateUser } from '../store/users';
import { paginate } from './pagination';

const adminUserBody = z.object({
  id: text,
  aud: text,
  role: text,
  email: text,
  password: z.string().nullish(),
  email_confirm: flag,
  user_metadata: metadata,
  app_metadata: metadata,
  ban_duration: text,
});
type AdminUserBody = z.output<typeof adminUserBody>;

const NIL_ID = '00000000-0000-0000-0000-000000000000';

export function adminUserRoutes(server: AuthServerContext): Hono {
  const { db } = server;
  return new Hono()
    .use('/admin/*', async (c, next) => {
      await requireAdmin(server, c);
      return next();
    })
    .get('/admin/users', (c) => {
      const aud = requestAudience(c);
      const users = paginate(c, (page) => listUsers(db, { aud, filter: c.req.query('filter') ?? '', ...page }));
      return c.json({ users: users.map(presentListedUser), aud });
    })
    .post('/admin/users', async (c) => {
      const body = await readBody(c, adminUserBody);
      return c.json(presentUser(db, await createUser(server, body.aud || requestAudience(c), body)));
    })
    .get('/admin/users/:id', (c) => c.json(presentUser(db, loadUser(server, c))))
    .put('/admin/users/:id', async (c) => {
      const user = loadUser(server, c);
      return c.json(presentUser(db, await changeUser(server, user, await readBody(c, adminUserBody))));
    })
    .delete('/admin/users/:id', (c) => {
      deleteUser(db, loadUser(server, c).id);
      return c.json({});
    });
}

/** Throws user_not_found (404). */
export function loadUser({ db }: AuthServerContext, c: Context): User {
  const id = c.req.param('id') ?? '';
  if (!isUuid(id)) throw notFound('validation_failed', 'user_id must be an UUID');
  const user = findUserById(db, id.toLowerCase());
  if (!user) throw notFound('user_not_found', 'User not found');
  return user;
}

async function createUser({ db }: AuthServerContext, aud: string, body: AdminUserBody): Promise<User> {
  if (!body.email) throw badRequest('validation_failed', 'Cannot create a user without either an email or phone');
  const email = readEmailAddress(body.email);
  if (findEmailOwner(db, email, aud)) throw emailExists();
  if (body.id && !isUuid(body.id)) throw badRequest('validation_failed', 'ID must conform to the uuid v4 format');
  if (body.id === NIL_ID) throw badRequest('validation_failed', 'ID cannot be a nil uuid');
  const ban = readBan(body.ban_duration);
  if (isTooLong(body.password ?? '')) throw new AuthError(500, 'unexpected_failure', 'Internal Server Error');
  const passwordHash = await hashPassword(body.password || randomPassword());
  return inTransaction(db, () => {
    const id = body.id || undefined;
    const user = registerUser(db, { id, email, aud, passwordHash, data: body.user_metadata ?? {} });
    const changed = updateUser(db, user, {
      ...ban,
      role: body.role.trim() || user.role,
      raw_app_meta_data: mergeMetadata(user.raw_app_meta_data, body.app_metadata ?? {}),
    });
    return body.email_confirm ? confirmUser(db, changed) : changed;
  });
}

async function changeUser(server: AuthServerContext, user: User, body: AdminUserBody): Promise<User> {
  const email = body.email && readEmailAddress(body.email);
  const ban = readBan(body.ban_duration);
  if (typeof body.password === 'string') checkPasswordStrength(body.password, server.config.minimumPasswordLength);
  const passwordHash = body.password ? await hashPassword(body.password) : undefined;
  return inTransaction(server.db, () => {
    let changed = body.role ? updateUser(server.db, user, { role: body.role.trim() }) : user;
    if (body.email_confirm) changed = confirmUser(server.db, changed);
    if (passwordHash) changed = changePassword(server.db, changed, passwordHash);
    if (email) changed = changeEmail(server, changed, email, body.email_confirm);
    return updateUser(server.db, changed, {
      ...ban,
      raw_app_meta_data: mergeMetadata(changed.raw_app_meta_data, body.app_metadata ?? {}),
      raw_user_meta_data: mergeMetadata(changed.raw_user_meta_data, body.user_metadata ?? {}),
    });
  });
}

/** An administrator's word needs no confirmation by mail. */
function changeEmail({ db }: AuthServerContext, user: User, email: string, isVerified: boolean): User {
  const changed = updateUser(db, user, { email, is_anonymous: user.is_anonymous && !isVerified });
  const identity = findEmailIdentity(db, user.id) ?? insertEmailIdentity(db, changed);
  updateIdentityData(db, identity, { email, email_verified: isVerified });
  return changed;
}
