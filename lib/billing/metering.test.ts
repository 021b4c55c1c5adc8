import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { orgs, pendingMeterEvents, usageEvents } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, type Person } from '@/e2e/support/test-people';
import { setConfig, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { claimMeterEvents } from './claim-meter-events';
import { cutOff, refusal, type StripeStandIn, startStripeStandIn } from './fixtures/stripe-stand-in';
import { queueMeterEvents } from './queue-meter-events';
import { sendMeterEvents } from './send-meter-events';
import { startMetering } from './start-metering';
import { stripeClient } from './stripe-client';

let project: TestProject;
let stand: StripeStandIn;
let owner: Person & { org: { id: string; slug: string } };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  stand = await startStripeStandIn();
  const known = { SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: project.secret };
  setConfig({ ...known, PANDASTACK_STRIPE_SECRET_KEY: 'sk_test_0123456789', PANDASTACK_STRIPE_API_URL: stand.url });
  await db().execute(sql`truncate pending_meter_events, usage_events`);
  await db().update(orgs).set({ stripeCustomerId: null });
  owner = await newOwner(project);
});
afterEach(() => stand.close());

const HOUR = 3_600;
/** The beginning of an hour that is long over. */
const hour = (ago: number) => (Math.floor(Date.now() / 1_000 / HOUR) - ago) * HOUR;
const link = (hoursAgo = 48) =>
  db()
    .update(orgs)
    .set({ stripeCustomerId: `cus_${owner.org.slug.replaceAll('-', '')}`, stripeLinkedAt: new Date(hour(hoursAgo) * 1_000) })
    .where(eq(orgs.id, owner.org.id));
async function used(endsAt: number, durationSec: number, sandboxId = 'sbx-1'): Promise<void> {
  await db()
    .insert(usageEvents)
    .values({
      ...{
        workspace: owner.org.id,
        event: 'stopped',
        template: 'base',
        sandboxId,
        ts: endsAt,
        durationSec,
        cpuCount: 2,
        memMb: 1_024,
      },
    });
}
const rows = () => db().select().from(pendingMeterEvents).orderBy(pendingMeterEvents.identifier);
const seconds = async () =>
  (await rows())
    .filter(({ eventName }) => eventName === 'pandastack_sandbox_seconds')
    .reduce((sum, { value }) => sum + Number(value), 0);
const due = () => db().update(pendingMeterEvents).set({ claimedUntil: null });
function send(): Promise<number> {
  const stripe = stripeClient();
  if (!stripe) throw new Error('no key');
  return sendMeterEvents(stripe);
}

describe('the outbox of meter events', () => {
  test('gets an hour that is over, as three meters, once, however many replicas look', async () => {
    await link();
    await used(hour(5) + 1_800, 600);
    await Promise.all(Array.from({ length: 5 }, queueMeterEvents));
    await queueMeterEvents();
    expect(
      (await rows()).map(({ eventName, value, occurredAt }) => [eventName, Number(value), occurredAt.getTime() / 1_000]),
    ).toEqual([
      ['pandastack_cpu_seconds', 1_200, hour(5)],
      ['pandastack_gb_seconds', 600, hour(5)],
      ['pandastack_sandbox_seconds', 600, hour(5)],
    ]);
  });

  test('gets what an agent reports late as a difference, once', async () => {
    await link();
    await used(hour(5) + 1_800, 600);
    await queueMeterEvents();
    await used(hour(5) + 3_000, 300);
    await Promise.all(Array.from({ length: 5 }, queueMeterEvents));
    expect(await seconds()).toBe(900);
  });

  test('holds nothing of the hour that runs, of the time before the link, and of an org nobody pays for', async () => {
    await used(hour(5) + 1_800, 600);
    expect(await queueMeterEvents()).toBe(0);
    await link(4);
    await used(hour(0) + 1, 1, 'sbx-2');
    expect(await queueMeterEvents()).toBe(0);
    await used(hour(3) + 60, 2 * HOUR, 'sbx-3');
    await queueMeterEvents();
    expect(await seconds()).toBe(HOUR + 60);
  });
});

describe('a meter event', () => {
  beforeEach(async () => {
    await link();
    await used(hour(5) + 1_800, 600);
    await queueMeterEvents();
  });

  test('arrives with customer, value, hour and identifier, and leaves once, whoever sends', async () => {
    const sent = await Promise.all([send(), send(), send()]);
    expect(sent.reduce((sum, count) => sum + count)).toBe(3);
    expect(stand.arrived).toHaveLength(3);
    const [row] = await rows();
    expect(stand.kept.get(row?.identifier ?? '')).toEqual({
      event_name: 'pandastack_cpu_seconds',
      identifier: row?.identifier,
      timestamp: String(hour(5)),
      'payload[stripe_customer_id]': row?.customerId,
      'payload[value]': '1200',
    });
    expect(await send()).toBe(0);
  });

  test('P02 is at Stripe once when its sender is killed between sending and writing that down', async () => {
    const [claimed] = await claimMeterEvents(1);
    await stripeClient()?.billing.meterEvents.create({
      event_name: claimed?.eventName ?? '',
      identifier: claimed?.identifier ?? '',
      payload: { stripe_customer_id: 'cus_1', value: '1' },
    });
    expect(await send()).toBe(2);
    await due();
    expect(await send()).toBe(1);
    expect([stand.kept.size, (await rows()).every(({ sentAt }) => sentAt)]).toEqual([3, true]);
  });

  test('is sent again under its identifier when the answer is lost or the other side is ill, and waits longer each time', async () => {
    // Twice: the client sends once more by itself when a connection breaks.
    stand.next.push(cutOff, cutOff);
    expect(await send()).toBe(0);
    const [failed] = (await rows()).filter(({ postedAt }) => postedAt);
    expect([failed?.attempts, failed?.sentAt]).toEqual([1, null]);
    expect(failed?.claimedUntil?.getTime()).toBeGreaterThan(Date.now());
    stand.next.push(refusal(503));
    await due();
    await send();
    await due();
    await send();
    expect([stand.kept.size, (await rows()).every(({ sentAt }) => sentAt)]).toEqual([3, true]);
  });

  test('that may be at Stripe for longer than it remembers is not sent again by itself', async () => {
    await db().update(pendingMeterEvents).set({ postedAt: sql`now() - interval '24 hours'` });
    expect(await send()).toBe(0);
    expect(stand.arrived).toEqual([]);
  });

  test('that was certainly refused may be sent for as long as it takes', async () => {
    stand.next.push(refusal(400), refusal(400), refusal(400));
    expect(await send()).toBe(0);
    expect((await rows()).map(({ postedAt }) => postedAt)).toEqual([null, null, null]);
    await due();
    expect(await send()).toBe(3);
  });
});

test('without a key nothing is started and not a byte leaves', async () => {
  await link();
  await used(hour(5) + 1_800, 600);
  await queueMeterEvents();
  setConfig({ SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: project.secret });
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const metering = startMetering();
  expect([stripeClient(), globalThis.__pandastackMetering]).toEqual([undefined, undefined]);
  expect(timers).not.toHaveBeenCalled();
  await metering.stop();
  expect(stand.arrived).toEqual([]);
  timers.mockRestore();
});
