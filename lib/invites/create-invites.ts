import { z } from 'zod';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { asDomainError, DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { createInvite, newInvite } from './create-invite';
import {
  type InviteWithSecret,
  invitedRole,
  inviteWithSecretAnswer,
  type Mailed,
  presentInviteWithSecret,
} from './present-invite';
import { sendInvite } from './send-invite';

const MAX_INVITES = 100;
const MAX_EMAIL_TEXT = 1000;
const MAILS_AT_ONCE = 5;
/** An answer is waited for; what could not be mailed by then is handed over as a link. */
const MAILING_MS = 20_000;

/** A list as people paste it: an address that is none is refused alone, not with the rest. */
export const newInvites = z
  .strictObject({
    invites: z
      .array(z.strictObject({ email: z.string('must be text').max(MAX_EMAIL_TEXT, 'is too long'), role: invitedRole.optional() }))
      .min(1, 'must name somebody')
      .max(MAX_INVITES, `must name at most ${MAX_INVITES} people`),
  })
  .meta({ id: 'NewInvites' });

interface Asked {
  email: string;
  role?: z.infer<typeof invitedRole> | undefined;
}
type Outcome = { email: string; made: InviteWithSecret; mailed: Mailed } | { email: string; refusal: DomainError };

/** Invites each address by itself, in their order: what is refused for one changes nothing for the others. Mails those it made. */
export async function createInvites(access: ConfirmedAccess<'invites:create'>, asked: Asked[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of asked) outcomes.push(await inviteOne(access, one));
  await mailAll(access, outcomes);
  return outcomes;
}

async function inviteOne(access: ConfirmedAccess<'invites:create'>, asked: Asked): Promise<Outcome> {
  const { email } = asked;
  try {
    const input = newInvite.safeParse(asked);
    if (input.success) return { email, made: await createInvite(access, input.data), mailed: null };
    const message = input.error.issues[0]?.message ?? 'is not valid';
    return { email, refusal: new DomainError('validation_failed', `This ${message}`) };
  } catch (thrown) {
    const refusal = asDomainError(thrown);
    const { requestId } = access.actor.origin;
    if (refusal.status >= 500) logger().error({ requestId, code: refusal.code, err: refusal.cause ?? refusal }, refusal.message);
    return { email, refusal };
  }
}

async function mailAll(access: ConfirmedAccess<'invites:create'>, outcomes: Outcome[]): Promise<void> {
  const until = performance.now() + MAILING_MS;
  const waiting = outcomes.filter((outcome) => 'made' in outcome);
  const mailer = async () => {
    for (let next = waiting.shift(); next && performance.now() < until; next = waiting.shift()) {
      // The invite stands and its link is in the answer, whatever becomes of the mail.
      next.mailed = await sendInvite(access, next.made).catch(() => null);
    }
  };
  await Promise.all(Array.from({ length: MAILS_AT_ONCE }, mailer));
}

/** An outcome as /v1 tells it: the status and body that the single invite would have been answered with. */
export function presentOutcome(outcome: Outcome) {
  const { email } = outcome;
  if ('made' in outcome) return { email, status: 201, invite: presentInviteWithSecret(outcome.made, outcome.mailed) };
  const { status, code, message, hint } = outcome.refusal;
  return { email, status, error: { error: message, code, hint } };
}

export const inviteOutcomesAnswer = z
  .object({
    items: z.array(
      z.object({
        email: z.string().meta({ description: 'As it was given.' }),
        status: z.int().meta({ description: '201, or the status this address alone would have been refused with.' }),
        invite: inviteWithSecretAnswer.optional(),
        error: z.object({ error: z.string(), code: z.string(), hint: z.string().optional() }).optional(),
      }),
    ),
  })
  .meta({ id: 'InviteOutcomes', description: 'What became of each address, in the order given.' });
