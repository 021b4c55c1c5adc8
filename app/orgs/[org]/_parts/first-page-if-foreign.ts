import { DomainError } from '@/lib/errors';

/** A page of a list; the first one for an address with a cursor that this list never gave, as of an old link. */
export async function firstPageIfForeign<Page>(
  cursor: string,
  list: (cursor: string | undefined) => Promise<Page>,
): Promise<Page> {
  try {
    return await list(cursor || undefined);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'validation_failed') return list(undefined);
    throw error;
  }
}
