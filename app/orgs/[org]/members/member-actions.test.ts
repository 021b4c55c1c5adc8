import { describe, expect, it } from 'vitest';
import { memberActions } from './member-actions';

const person = (role: string, userId: string = role) => ({ userId, role });

describe('what a row of the members table offers', () => {
  it('an owner changes and removes anybody else', () => {
    for (const role of ['owner', 'admin', 'member']) {
      const { roles, remove, leave } = memberActions(person('owner', 'me'), person(role), 2);
      expect([roles.length, remove, leave]).toEqual([3, true, false]);
    }
  });

  it('an admin removes members only, and changes no role', () => {
    expect(memberActions(person('admin', 'me'), person('member'), 1)).toEqual({ roles: [], remove: true, leave: false });
    expect(memberActions(person('admin', 'me'), person('admin'), 1).remove).toBe(false);
    expect(memberActions(person('admin', 'me'), person('owner'), 2).remove).toBe(false);
  });

  it('a member manages nobody, and may leave', () => {
    expect(memberActions(person('member', 'me'), person('member'), 1)).toEqual({ roles: [], remove: false, leave: false });
    expect(memberActions(person('member', 'me'), person('member', 'me'), 1).leave).toBe(true);
  });

  it('the only owner neither leaves nor steps down', () => {
    expect(memberActions(person('owner', 'me'), person('owner', 'me'), 1)).toEqual({ roles: [], remove: false, leave: false });
    expect(memberActions(person('owner', 'me'), person('owner', 'me'), 2)).toMatchObject({ leave: true });
  });
});
