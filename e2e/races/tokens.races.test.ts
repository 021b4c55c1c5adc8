import { and, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { join } from '@/e2e/support/test-people';
import { rounds } from './support/rounds';
import { tally, twoReplicas } from './support/two-replicas';

const { newFounder, newRacer, holding } = twoReplicas();

test('X06 ten tokens minted by somebody while they are removed: none lives on', () =>
  rounds(async () => {
    const owner = await newFounder();
    const person = newRacer();
    await join(owner, person);
    const [removed, ...minted] = await Promise.all([
      owner.on[0]('DELETE', `/v1/orgs/${owner.org.id}/members/${person.userId}`),
      ...Array.from({ length: 10 }, () => person.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'late' })),
    ]);
    expect(removed?.status).toBe(204);
    expect(minted.filter(({ status }) => status !== 201 && status !== 404)).toEqual([]);
    const uses = minted.filter(({ status }) => status === 201).map(({ body }) => holding(body.token).call('GET', '/v1/me'));
    for (const { body } of await Promise.all(uses)) expect(body.code).toBe('invalid_api_token');
    expect((await owner.on[1]('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items).toEqual([]);
  }));

test('K12 a token revoked twenty times at once is revoked once, and leaves one trace', () =>
  rounds(async (round) => {
    const owner = await newFounder();
    const path = `/v1/orgs/${owner.org.id}/tokens`;
    const { id, prefix } = (await owner.call('POST', path, { label: 'ci' })).body;
    const revoke = round % 2 === 0 ? `${path}/${id}` : `/v1/me/tokens/${prefix}`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => owner.call('DELETE', revoke)));
    expect(tally(answers)).toEqual({ '204': 1, '404 token_not_found': 19 });
    const revoked = and(eq(auditOutbox.orgId, owner.org.id), eq(sql`${auditOutbox.payload} ->> 'action'`, 'token.revoked'));
    expect(await db().$count(auditOutbox, revoked)).toBe(1);
  }));
