import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { closeDatabase, openDatabaseAt } from '@/db/postgres';
import { type DatabaseProxy, startDatabaseProxy } from '@/e2e/support/database-proxy';
import { migratedDatabase } from '@/e2e/support/test-database';
import { type Answer, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { brokenRules } from './broken-rules';
import { SEED, seededRandom } from './rounds';
import { type Replica, runReplica } from './run-replica';

export const MOST_LATENCY_MS = 50;
/** High enough that a race is about its rule; limits are raced on their own. */
export const HIGH_LIMITS = {
  PANDASTACK_MAX_ORGS_PER_USER: '10000',
  PANDASTACK_MAX_MEMBERS_PER_ORG: '100000',
  PANDASTACK_MAX_OPEN_INVITES_PER_ORG: '10000',
  PANDASTACK_MAX_TOKENS_PER_ORG: '10000',
};

/** A lock is waited for however slow the machine is: what is wrong shows in an answer, and only a standstill as a delay. */
const PATIENCE_MS = 120_000;

/** Somebody whose requests go to one of two processes. */
export interface Racer extends Person {
  /** On this replica; `call` takes turns. */
  on: [Person['call'], Person['call']];
}
export type Founder = Racer & { org: { id: string; slug: string } };

export interface TwoReplicas {
  proxy: () => DatabaseProxy;
  newRacer: (options?: Parameters<typeof newPerson>[1]) => Racer;
  newFounder: () => Promise<Founder>;
  /** The holder of an API token. */
  holding: (token: string) => Pick<Racer, 'on' | 'call'>;
}

/**
 * Two processes of the product on one database behind a late network, for the tests of a file. When they are through, no rule of the
 * data may be broken and no request may have ended in a 5xx. db() is the database itself, without the proxy.
 */
export function twoReplicas(settings: Record<string, string> = {}): TwoReplicas {
  let project: TestProject;
  let proxy: DatabaseProxy;
  let replicas: Replica[] = [];
  const undo: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const database = await migratedDatabase();
    await openDatabaseAt(database.url);
    project = await startTestProject();
    proxy = await startDatabaseProxy(database.url, seededRandom(SEED));
    undo.push(database.drop, closeDatabase, project.close, proxy.close);
    const env = { ...replicaSettings(project, proxy), ...settings };
    replicas = await Promise.all([runReplica(env), runReplica(env)]);
    proxy.delayUpTo(MOST_LATENCY_MS);
  });

  afterAll(async () => {
    try {
      expect(await brokenRules()).toEqual([]);
      expect(replicas.flatMap((replica) => replica.errors())).toEqual([]);
    } finally {
      await Promise.all(replicas.map((replica) => replica.stop()));
      for (let step = undo.pop(); step; step = undo.pop()) await step();
    }
  });

  const holding = (token: string) => {
    const on = [0, 1].map((index) => callAt(() => replicas[index]?.url ?? '', token)) as Racer['on'];
    let turn = 0;
    const call: Person['call'] = (...request) => on[turn++ % 2 === 0 ? 0 : 1](...request);
    return { on, call };
  };
  const newRacer: TwoReplicas['newRacer'] = (options) => {
    const person = newPerson(project, options);
    return { ...person, ...holding(person.token) };
  };
  const newFounder = async () => {
    const founder = newRacer();
    const { status, body } = await founder.call('POST', '/v1/orgs', { name: 'Raced' });
    if (status !== 201) throw new Error(`founding an org failed: ${JSON.stringify(body)}`);
    return { ...founder, org: body };
  };
  return { proxy: () => proxy, newRacer, newFounder, holding };
}

/** The configuration of a replica on this project and this database. */
export function replicaSettings({ url, anonKey, secret }: TestProject, proxy: { url: string }): Record<string, string> {
  return {
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
    PANDASTACK_ORG_CREATION: 'anyone',
    PANDASTACK_SIGNUP: 'open',
    // Each racer comes from an address of their own.
    PANDASTACK_TRUSTED_PROXIES: '1',
    // Nobody listens there: events stay in the outbox, where they are counted.
    PANDASTACK_CLICKHOUSE_URL: 'http://127.0.0.1:9',
    PANDASTACK_DATABASE_URL: `${proxy.url}${proxy.url.includes('?') ? '&' : '?'}statement_timeout=${PATIENCE_MS}`,
    SUPABASE_URL: url,
    SUPABASE_ANON_KEY: anonKey,
    SUPABASE_JWT_SECRET: secret,
    ...HIGH_LIMITS,
  };
}

/** Calls the replica at an address, from an address of the caller's own. */
export function callAt(base: () => string, token: string): Person['call'] {
  const address = Array.from({ length: 8 }, () => randomInt(2 ** 16).toString(16)).join(':');
  return async (method, path, body, extra = {}): Promise<Answer> => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, 'x-forwarded-for': address, ...extra };
    if (body !== undefined) headers['content-type'] ??= 'application/json';
    const response = await fetch(base() + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : text, headers: response.headers };
  };
}

/** How often each answer came: `{ '200': 1, '410 invite_used': 49 }`. */
export function tally(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = body?.code ? `${status} ${body.code}` : String(status);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
