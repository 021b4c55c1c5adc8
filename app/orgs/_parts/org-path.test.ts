import { describe, expect, it } from 'vitest';
import { orgPath } from './org-path';

const id = '3f0c1a52-6a55-4f0e-9b1e-0d5f5c1c9b11';

describe('where an org lives', () => {
  it('is its slug', () => expect(orgPath({ id, slug: 'acme' })).toBe('/orgs/acme'));

  it('is its id when the slug is a page of ours', () => expect(orgPath({ id, slug: 'new' })).toBe(`/orgs/${id}`));

  it.each(['../login', 'a/b', 'Ünï', ''])('is its id when the adopted slug %j fits in no path', (slug) =>
    expect(orgPath({ id, slug })).toBe(`/orgs/${id}`),
  );
});
