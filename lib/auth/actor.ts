import type { OrgSummary } from './org-summary';
import type { RequestTrace } from './request-trace';

/** Where a request came from, for the audit trail. */
export interface RequestOrigin {
  requestId: string;
  ip: string;
  userAgent: string;
  /** See traceOf(). */
  trace?: RequestTrace;
}

export type Role = 'owner' | 'admin' | 'member';
export type AssuranceLevel = 'aal1' | 'aal2';

/** A person, proven by an access token (or by stub mode). Says who they are, never what they may do. */
export interface UserActor {
  type: 'user';
  userId: string;
  /** As the token states it; '' when the account has none. */
  email: string;
  authMethod: 'jwt' | 'oidc' | 'stub';
  sessionId: string | null;
  aal: AssuranceLevel | null;
  /** For asking the auth server afresh; null in stub mode. */
  accessToken: string | null;
  origin: RequestOrigin;
}

/** A program, proven by an API token: fixed to one org, never above its creator's present role. */
export interface TokenActor {
  type: 'token';
  tokenId: string;
  /** The token's creator; '' for tokens adopted from an older database. */
  userId: string;
  email: string;
  role: Role;
  org: OrgSummary;
  authMethod: 'token';
  origin: RequestOrigin;
}

/** Whoever operates the server, by its command or its configuration: authorized by the machine, so never by a request. */
export interface OperatorActor {
  type: 'operator';
  email: '';
  authMethod: 'operator';
  origin: RequestOrigin;
}

export type Actor = UserActor | TokenActor;
