import { describe, expect, test } from 'vitest';
import { type Answer, join } from '@/e2e/support/test-people';
import { isLinearizable, type Operation } from './support/is-linearizable';
import { rounds } from './support/rounds';
import { type Founder, type Racer, twoReplicas } from './support/two-replicas';

const { newFounder, newRacer } = twoReplicas();

const WRITES = 100;
/** Writes in flight at a time: half on each replica. */
const LANES = 10;
/** Of writes: one in so many ends a token. */
const KINDS = 4;

interface State {
  role: 'admin' | 'member';
  name: string;
}
type Recorded = Operation<State>;

describe('the checker', () => {
  const become = (role: State['role'], invokedAt: number, returnedAt: number): Recorded => ({
    name: role,
    invokedAt,
    returnedAt,
    apply: ({ name }) => ({ role, name }),
  });
  const write = (invokedAt: number, returnedAt: number): Recorded => ({
    name: 'write',
    invokedAt,
    returnedAt,
    apply: (state) => (state.role === 'admin' ? state : undefined),
  });
  const initial: State = { role: 'admin', name: '' };

  test('takes a write that overlaps the change, and refuses one that begins after it', () => {
    expect(isLinearizable([become('member', 10, 20), write(15, 30)], initial)).toBe(true);
    expect(isLinearizable([become('member', 10, 20), write(21, 30)], initial)).toBe(false);
  });

  test('refuses answers that are possible one by one and not together', () => {
    const refused: Recorded = { ...write(1, 12), apply: (state) => (state.role === 'member' ? state : undefined) };
    expect(isLinearizable([become('member', 10, 20), refused], initial)).toBe(true);
    // The refusal puts the change before 12, and this write began after that.
    expect(isLinearizable([become('member', 10, 20), refused, write(13, 30)], initial)).toBe(false);
  });
});

/** Carries a request out and keeps when it began and ended, with what its answer says about the state. */
async function record(
  history: Recorded[],
  name: string,
  request: () => Promise<Answer>,
  judge: (answer: Answer) => Recorded['apply'],
) {
  const invokedAt = performance.now();
  const answer = await request();
  history.push({ name: `${name} → ${answer.status}`, invokedAt, returnedAt: performance.now(), apply: judge(answer) });
}

const whenAdmin =
  (effect: (state: State) => State = (state) => state) =>
  ({ status, body }: Answer): Recorded['apply'] => {
    const done = status < 300;
    // Somebody else's token does not exist for a member.
    if (!done && body.code !== 'forbidden' && body.code !== 'token_not_found') throw new Error(JSON.stringify(body));
    return (state) => ((state.role === 'admin') === done ? (done ? effect(state) : state) : undefined);
  };

/** What an admin may do and a member may not, each told from the other by its answer alone. */
function writesOf(admin: Racer, path: string, tokens: string[]) {
  return [
    (call: Racer['call'], index: number, history: Recorded[]) => {
      const name = `Name ${index}`;
      const rename = () => call('PATCH', path, { name });
      return record(
        history,
        `rename ${index}`,
        rename,
        whenAdmin((state) => ({ ...state, name })),
      );
    },
    (call: Racer['call'], index: number, history: Recorded[]) => {
      const invite = () => call('POST', `${path}/invites`, { email: `${index}-${admin.email}` });
      return record(history, `invite ${index}`, invite, whenAdmin());
    },
    (call: Racer['call'], index: number, history: Recorded[]) => {
      const mint = () => call('POST', `${path}/tokens`, { label: `${index}`, role: 'admin' });
      return record(history, `mint ${index}`, mint, whenAdmin());
    },
    (call: Racer['call'], index: number, history: Recorded[]) => {
      const revoke = () => call('DELETE', `${path}/tokens/${tokens[Math.floor(index / KINDS)]}`);
      return record(history, `revoke ${index}`, revoke, whenAdmin());
    },
  ];
}

async function ownTokens(owner: Founder, count: number): Promise<string[]> {
  const mint = () => owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'to be revoked' });
  const minted = await Promise.all(Array.from({ length: count }, mint));
  expect(minted.map(({ status }) => status)).toEqual(Array(count).fill(201));
  return minted.map(({ body }) => body.id);
}

test('X18 a hundred writes by somebody whose role changes meanwhile: each is committed before the change or refused after it', () =>
  rounds(
    async () => {
      const owner = await newFounder();
      const admin = newRacer();
      await join(owner, admin, 'admin');
      const path = `/v1/orgs/${owner.org.id}`;
      const history: Recorded[] = [];
      const writes = writesOf(admin, path, await ownTokens(owner, WRITES / KINDS));
      let next = 0;
      const lane = async (_: unknown, number: number) => {
        const call = admin.on[number % 2 === 0 ? 0 : 1];
        while (next < WRITES) {
          const index = next++;
          await writes[index % writes.length]?.(call, index, history);
        }
      };
      const changes = async () => {
        for (let turn = 0; next < WRITES; turn++) {
          const role = turn % 2 === 0 ? 'member' : 'admin';
          const change = () => owner.call('PATCH', `${path}/members/${admin.userId}`, { role });
          await record(
            history,
            role,
            change,
            ({ status }) =>
              (state) =>
                status === 200 ? { ...state, role } : undefined,
          );
        }
      };
      const looks = async () => {
        while (next < WRITES) {
          const look = () => owner.call('GET', `${path}`);
          await record(
            history,
            'look',
            look,
            ({ body }) =>
              (state) =>
                state.name === body.name ? state : undefined,
          );
        }
      };
      await Promise.all([changes(), looks(), ...Array.from({ length: LANES }, lane)]);
      const told = history.toSorted((a, b) => a.invokedAt - b.invokedAt).map(({ name }) => name);
      expect(isLinearizable<State>(history, { role: 'admin', name: 'Raced' }), told.join('\n')).toBe(true);
    },
    { abreast: 2, short: 1 },
  ));
