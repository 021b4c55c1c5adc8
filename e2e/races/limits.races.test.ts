import { expect, test } from 'vitest';
import { rounds } from './support/rounds';
import { tally, twoReplicas } from './support/two-replicas';

const MOST_TOKENS = 5;
const { newFounder, newRacer } = twoReplicas({ PANDASTACK_MAX_TOKENS_PER_ORG: String(MOST_TOKENS) });

test('X13 twenty tokens minted at once where one more is allowed: one is made', () =>
  rounds(async () => {
    const owner = await newFounder();
    const path = `/v1/orgs/${owner.org.id}/tokens`;
    const mint = () => owner.call('POST', path, { label: 'ci' });
    for (let made = 1; made < MOST_TOKENS; made++) expect((await mint()).status).toBe(201);
    const answers = await Promise.all(Array.from({ length: 20 }, mint));
    expect(tally(answers)).toEqual({ '201': 1, '409 token_limit': 19 });
    expect((await owner.on[1]('GET', path)).body.items).toHaveLength(MOST_TOKENS);
  }));

test('X14 of two hundred requests at a limit of thirty, spread over two replicas, thirty succeed', () =>
  rounds(
    async () => {
      const person = newRacer();
      const found = () => person.call('POST', '/v1/orgs', { name: 'Often' });
      const answers = await Promise.all(Array.from({ length: 200 }, found));
      expect(tally(answers)).toEqual({ '201': 30, '429 rate_limited': 170 });
      expect(answers.filter(({ status, headers }) => status === 429 && !headers.get('retry-after'))).toEqual([]);
      expect((await person.on[1]('GET', '/v1/me')).body.orgs).toHaveLength(30);
    },
    { abreast: 1 },
  ));
