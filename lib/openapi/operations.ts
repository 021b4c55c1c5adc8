import { z } from 'zod';
import type { Operation } from './operation';
import { AUDIT } from './operations/audit';
import { INVITES } from './operations/invites';
import { ME } from './operations/me';
import { MEMBERS } from './operations/members';
import { METRICS } from './operations/metrics';
import { ORGS } from './operations/orgs';
import { SANDBOXES } from './operations/sandboxes';
import { SERVER } from './operations/server';
import { TOKENS } from './operations/tokens';

const CONTRACT: Operation = {
  method: 'GET',
  path: '/v1/openapi.json',
  id: 'getContract',
  tag: 'This document',
  summary: 'Read this document',
  who: 'anyone',
  status: 200,
  answer: z.record(z.string(), z.unknown()),
  errors: [],
};

/** Every method of every path of /v1. A route.ts without its row here fails operations.test.ts. */
export const OPERATIONS: readonly Operation[] = [
  ...ME,
  ...ORGS,
  ...MEMBERS,
  ...INVITES,
  ...TOKENS,
  ...SANDBOXES,
  ...METRICS,
  ...AUDIT,
  ...SERVER,
  CONTRACT,
];
