import { z } from 'zod';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { asDomainError, DomainError, ERROR_CODES } from '@/lib/errors';
import { logger } from '@/lib/log';
import { createInvite, newInvite } from './create-invite';
import { type InviteWithSecret, invitedRole, inviteWithSecretAnswer, presentInviteWithSecret } from './present-invite';
import { sendInvite } from './send-invite';

const MOST_INVITES = 100;
const LONGEST_ADDRESS = 1_000;
const MAILS_AT_ONCE = 5;
/** A mail server that does not answer must not hold the links back for longer. */
const MAILING_MS = 20_000;

export const newInvites = z
  .strictObject({
    invites: z
      .array(
        z.strictObject({
          email: z
            .string('must be text')
            .max(LONGEST_ADDRESS, 'is too long')
            .meta({ description: 'What is no address is refused by itself.' }),
          role: invitedRole.optional().meta({ description: 'Left out: what the organization gives by default.' }),
        }),
        'must be a list of invites',
      )
      .min(1, 'must name at least one')
      .max(MOST_INVITES, `must name at most ${MOST_INVITES}`),
  })
  .meta({ id: 'NewInvites' });
type NewInvites = z.infer<typeof newInvites>['invites'];

type Outcome = { email: string } & ({ invited: InviteWithSecret } | { refused: DomainError });
type Access = ConfirmedAccess<'invites:create'>;

/**
 * Invites many, each standing by itself as if asked for alone and in their order, and mails those that were made. Throws nothing of
 * its own: what refuses one is told beside its address.
 */
export async function createInvites(access: Access, invites: NewInvites) {
  const outcomes: Outcome[] = [];
  for (const invite of invites) outcomes.push(await attempt(access, invite));
  const deadline = performance.now() + MAILING_MS;
  const items: ReturnType<typeof presentOutcome>[] = [];
  for (let from = 0; from < outcomes.length; from += MAILS_AT_ONCE) {
    const some = outcomes.slice(from, from + MAILS_AT_ONCE);
    items.push(...(await Promise.all(some.map((outcome) => mailAndPresent(access, outcome, deadline)))));
  }
  return items;
}

async function attempt(access: Access, { email, role }: NewInvites[number]): Promise<Outcome> {
  const parsed = newInvite.safeParse({ email, role });
  if (!parsed.success) return { email, refused: new DomainError('validation_failed', 'This is not an e-mail address') };
  try {
    return { email, invited: await createInvite(access, parsed.data) };
  } catch (thrown) {
    const refused = asDomainError(thrown);
    const { requestId } = access.actor.origin;
    if (refused.status >= 500) logger().error({ requestId, code: refused.code, err: refused.cause ?? refused }, refused.message);
    return { email, refused };
  }
}

async function mailAndPresent(access: Access, outcome: Outcome, deadline: number) {
  const sent = 'invited' in outcome && performance.now() < deadline && (await sendInvite(access, outcome.invited));
  return presentOutcome(outcome, sent);
}

function presentOutcome(outcome: Outcome, emailSent: boolean) {
  const { email } = outcome;
  if ('invited' in outcome) return { email, status: 201, invite: presentInviteWithSecret(outcome.invited, emailSent) };
  const { status, code, message, hint, retryAfterSeconds } = outcome.refused;
  return { email, status, error: { code, error: message, hint, retry_after: retryAfterSeconds } };
}

const invitedItem = z
  .object({
    email: z.string().meta({ description: 'As it was asked for.' }),
    status: z.int().meta({ description: 'What the same invite alone would have been answered with: 201, 409, …' }),
    invite: inviteWithSecretAnswer.optional(),
    error: z
      .object({
        code: z.enum(ERROR_CODES),
        error: z.string(),
        hint: z.string().optional(),
        retry_after: z.int().optional().meta({ description: 'Seconds to wait, where waiting helps.' }),
      })
      .optional(),
  })
  .meta({ id: 'InviteOutcome', description: 'One of many: the invite, or why there is none.' });

export const invitedAnswer = z.object({ items: z.array(invitedItem) }).meta({ id: 'InviteOutcomes' });
