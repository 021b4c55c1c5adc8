import { describe, expect, it } from 'vitest';
import { auditQueryOf, auditSearch, readAuditFilters } from './audit-filters';

const none = { action: '', actor: '', target: '', from: '', to: '', cursor: '' };

describe('the filters of the audit page', () => {
  it('stand in the address and come back from it', () => {
    const filters = { ...none, action: 'token.created', actor: 'someone', target: 'a&b', from: '2026-01-30' };
    expect(readAuditFilters(Object.fromEntries(new URLSearchParams(auditSearch(filters))))).toEqual(filters);
  });

  it('leave out what they cannot mean', () =>
    expect(readAuditFilters({ action: 'moon.landed', from: 'yesterday', to: '2026-13-40', actor: ['a', 'b'] })).toEqual({
      ...none,
      actor: 'a',
    }));

  it('ask for the last day whole', () =>
    expect(auditQueryOf({ ...none, from: '2026-01-31', to: '2026-01-31' })).toMatchObject({
      from: new Date('2026-01-31T00:00:00Z'),
      to: new Date('2026-02-01T00:00:00Z'),
    }));

  it('leave the address bare when there are none', () => expect(auditSearch(none)).toBe(''));
});
