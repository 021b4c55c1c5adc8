/** Admins manage members, never owners or other admins; owners manage everybody. */
export function mayManage(callerRole: string, memberRole: string): boolean {
  return callerRole === 'owner' || memberRole === 'member';
}

/** Only owners make owners and admins. */
export function mayGiveRole(callerRole: string, role: string): boolean {
  return callerRole === 'owner' || role === 'member';
}
