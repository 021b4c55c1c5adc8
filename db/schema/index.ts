export { apiTokens } from './api-tokens';
export { auditOutbox } from './audit-outbox';
export { orgInvites } from './org-invites';
export { orgMembers } from './org-members';
export { orgs } from './orgs';
export { userCurrentOrg } from './user-current-org';
