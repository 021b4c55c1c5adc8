import { z } from 'zod';

/** A moment as /v1 tells it: RFC 3339 in UTC. */
export const answeredTime = z.iso.datetime();

/** A UUID with Supabase; with another provider `<issuer>|<sub>`. */
export const answeredUserId = z.string().meta({ description: 'A UUID; with an OpenID Connect provider `<issuer>|<sub>`.' });

export const answeredRole = z.enum(['owner', 'admin', 'member']);

/** What a list of unbounded length answers with. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: 'Send it as `cursor` for what follows; null at the end.' }),
  });
}
