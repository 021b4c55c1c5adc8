import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReservedSlug, slugFromName, slugInput } from './slug';

test('whatever a name holds, the slug made from it follows the grammar and is not reserved', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), fc.nat(5), (name, attempt) => {
      const slug = slugFromName(name, attempt);
      expect(slugInput.safeParse(slug).success, slug).toBe(true);
      expect(isReservedSlug(slug)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['Admin', 'API', 'default', 'Log in', '../..', '', '…', '🐼🐼🐼'])(
  'a name like "%s" gets a slug of its own',
  (name) => {
    expect(slugFromName(name, 0)).toMatch(/^[a-z0-9-]+-[a-z0-9]{5}$|^log-in$/);
  },
);
