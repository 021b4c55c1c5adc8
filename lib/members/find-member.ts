import { and, count, eq } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { orgMembers } from '@/db/schema';
import { DomainError } from '@/lib/errors';
import type { MemberView } from './list-members';
import { mayManage } from './may-manage';

/** A member inside a transaction that holds the org's lock. Throws member_not_found. */
export async function getMember(tx: Transaction, orgId: string, userId: string): Promise<MemberView> {
  const [member] = await tx
    .select()
    .from(orgMembers)
    .where(and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId)));
  if (!member) throw new DomainError('member_not_found', 'There is no such member in this organization');
  return member;
}

/** Whether this member is the org's only owner. */
export async function isLastOwner(tx: Transaction, orgId: string, member: MemberView): Promise<boolean> {
  if (member.role !== 'owner') return false;
  const [owners] = await tx
    .select({ number: count() })
    .from(orgMembers)
    .where(and(eq(orgMembers.orgId, orgId), eq(orgMembers.role, 'owner')));
  return (owners?.number ?? 0) <= 1;
}

/** Throws last_owner when this owner is the only one. The constraint trigger is the last line behind it. */
export async function refuseLastOwner(tx: Transaction, orgId: string, member: MemberView): Promise<void> {
  if (!(await isLastOwner(tx, orgId, member))) return;
  throw new DomainError('last_owner', 'An organization always has an owner', { hint: 'Make somebody else an owner first.' });
}

/** Throws forbidden where mayManage says no. */
export function refuseUnlessAbove(callerRole: string, member: MemberView): void {
  if (mayManage(callerRole, member.role)) return;
  throw new DomainError('forbidden', 'Only an owner may change owners and admins');
}
