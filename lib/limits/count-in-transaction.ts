import { sql } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { rateLimits } from '@/db/schema';
import { DomainError } from '@/lib/errors';

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** How often what was done may be done to one subject in a window of time, whoever does it. */
export const SUBJECT_LIMITS = {
  'invites:org': {
    most: 200,
    windowS: MINUTE_S,
    refusal: 'This organization has sent as many invitations as it may in a minute',
  },
  /** Over all orgs: nobody fills a mailbox by founding more of them. */
  'invites:recipient': { most: 20, windowS: HOUR_S, refusal: 'This address cannot be sent more invitations for now' },
  'invites:resend': { most: 1, windowS: MINUTE_S, refusal: 'This invitation was sent again less than a minute ago' },
} as const satisfies Record<string, SubjectLimit>;

interface SubjectLimit {
  most: number;
  windowS: number;
  refusal: string;
}

const nowMs = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
const isOver = sql`coalesce(${rateLimits.expire}, 0) <= ${nowMs}`;

/**
 * Counts what a transaction does to a subject, by the clock of the database: with a transaction that is refused later the count is
 * undone too. Until it ends whoever counts the same subject waits, so the org's row is locked before. Throws rate_limited.
 */
export async function countInTransaction(tx: Transaction, action: keyof typeof SUBJECT_LIMITS, subject: string): Promise<void> {
  const { most, windowS, refusal } = SUBJECT_LIMITS[action];
  const end = sql`${nowMs} + ${windowS * 1000}`;
  const [count] = await tx
    .insert(rateLimits)
    .values({ key: `${action}:${subject}`, points: 1, expire: end })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        points: sql`case when ${isOver} then 1 else ${rateLimits.points} + 1 end`,
        expire: sql`case when ${isOver} then excluded.expire else ${rateLimits.expire} end`,
      },
    })
    .returning({ points: rateLimits.points, leftMs: sql<number>`(${rateLimits.expire} - ${nowMs})::int` });
  if (!count || count.points <= most) return;
  throw new DomainError('rate_limited', refusal, {
    hint: 'Wait as long as the Retry-After header says, then try again.',
    retryAfterSeconds: Math.max(1, Math.ceil(count.leftMs / 1000)),
  });
}
