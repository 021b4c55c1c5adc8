import { ACCOUNT_SCENES } from './account-scenes';
import { FRESH_SCENES, INVITE_SCENES, SIGN_IN_SCENES } from './arrival-scenes';
import { ORG_SCENES } from './org-scenes';
import { SANDBOX_SCENES } from './sandbox-scenes';
import { type Scene, settled } from './scene';
import type { TourWorld } from './tour-world';

/** What must be so before the scenes can be seen. */
export interface Act {
  name: string;
  begin: (world: TourWorld) => Promise<void>;
  scenes: readonly Scene[];
}

const nothing = async () => undefined;

/** In this order: each act leaves the server as the next one needs it. */
export const ACTS: readonly Act[] = [
  { name: 'a fresh server', begin: nothing, scenes: FRESH_SCENES },
  { name: 'arriving', begin: (world) => world.settle(), scenes: [...SIGN_IN_SCENES, ...INVITE_SCENES] },
  { name: 'an organization', begin: nothing, scenes: ORG_SCENES },
  { name: 'sandboxes', begin: nothing, scenes: SANDBOX_SCENES },
  { name: 'an account', begin: nothing, scenes: ACCOUNT_SCENES },
  {
    name: 'without its machine',
    begin: (world) => world.product.stopAgent(),
    scenes: ['sandboxes', 'templates', 'snapshots', 'volumes'].map((page) => away('agent', page)),
  },
  {
    name: 'without ClickHouse',
    begin: (world) => world.loseClickhouse(),
    scenes: ['', 'observability', 'audit', 'usage'].map((page) => away('clickhouse', page)),
  },
  {
    name: 'without the sign-in service',
    begin: (world) => world.product.stopAuth(),
    scenes: [
      { name: 'account-security-without-auth', as: 'ada', at: '/account/security' },
      { name: 'doctor-without-auth', as: 'ada', at: '/admin/doctor' },
    ],
  },
];

function away(what: string, page: string): Scene {
  return { name: `${page || 'overview'}-without-${what}`, as: 'ada', at: ({ org }) => `${org}/${page}`, act: settled };
}
