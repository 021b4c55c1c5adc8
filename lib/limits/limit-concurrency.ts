import { DomainError } from '@/lib/errors';

const RETRY_AFTER_S = 1;
const holder = globalThis as typeof globalThis & { __pandastackUnderWay?: Map<string, number> };

/**
 * Does a piece of work that takes its turn behind others, of which one subject may have only `most` under way in this process:
 * nobody fills the queue for everybody. Throws rate_limited beyond.
 */
export async function limitConcurrency<T>(subject: string, most: number, work: () => Promise<T>): Promise<T> {
  holder.__pandastackUnderWay ??= new Map();
  const underWay = holder.__pandastackUnderWay;
  const count = underWay.get(subject) ?? 0;
  if (count >= most)
    throw new DomainError('rate_limited', 'Too many of these requests are under way at once', {
      hint: 'Wait for their answers before sending more.',
      retryAfterSeconds: RETRY_AFTER_S,
    });
  underWay.set(subject, count + 1);
  try {
    return await work();
  } finally {
    const left = (underWay.get(subject) ?? 1) - 1;
    if (left > 0) underWay.set(subject, left);
    else underWay.delete(subject);
  }
}
