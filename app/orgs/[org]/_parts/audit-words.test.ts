import { describe, expect, it } from 'vitest';
import { actionWords, targetWords } from './audit-words';

describe('an audit event in words', () => {
  it('says a known action as a person would', () => expect(actionWords('token.revoked')).toBe('Revoked an API token'));

  it('keeps an action that a newer version wrote', () => expect(actionWords('moon.landed')).toBe('moon.landed'));

  it('names the person and the change of a role', () =>
    expect(told({ email: 'bo@example.com', before: 'member', after: 'admin' })).toBe('bo@example.com · member → admin'));

  it('names both names of a renamed org', () => expect(told({ before: 'Acme', after: 'Acme Labs' })).toBe('Acme → Acme Labs'));

  it('names nobody twice: an event about its own actor tells the rest', () =>
    expect(targetWords({ actorId: 'bo', targetId: 'bo', metadata: { email: 'bo@example.com', role: 'admin' } })).toBe('admin'));

  it('falls back to the id when nothing else was written down', () => expect(told({})).toBe('target'));
});

function told(metadata: Record<string, unknown>): string {
  return targetWords({ actorId: 'actor', targetId: 'target', metadata });
}
