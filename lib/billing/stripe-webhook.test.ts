import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox, orgs } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, type Person } from '@/e2e/support/test-people';
import { setConfig, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { linkByOperator, unlinkByOperator } from './change-link';

const SECRET = 'whsec_a_test_secret_of_an_endpoint';
let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject({
    PANDASTACK_STRIPE_SECRET_KEY: 'sk_test_0123456789',
    PANDASTACK_STRIPE_WEBHOOK_SECRET: SECRET,
  });
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
});

const newCustomer = () => `cus_${randomUUID().replaceAll('-', '')}`;
const happened = (type: string, object: Record<string, unknown>) =>
  JSON.stringify({ id: `evt_${randomUUID()}`, object: 'event', type, data: { object } });
const checkout = (customer: string, orgId = owner.org.id) =>
  happened('checkout.session.completed', { object: 'checkout.session', client_reference_id: orgId, customer });
const signature = (body: string, { secret = SECRET, ageSeconds = 0 } = {}) =>
  Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: Math.floor(Date.now() / 1_000) - ageSeconds });
const tell = (body: string, signed: string | undefined = signature(body)) =>
  callAs(null)('POST', '/v1/billing/stripe-webhook', body, signed === '' ? {} : { 'stripe-signature': signed });
const customerOf = async (orgId = owner.org.id) =>
  (await db().select({ customer: orgs.stripeCustomerId }).from(orgs).where(eq(orgs.id, orgId)))[0]?.customer;
const trail = async () =>
  (await db().select().from(auditOutbox).where(eq(auditOutbox.orgId, owner.org.id)))
    .map(({ payload }) => payload as Record<string, string>)
    .filter(({ action }) => action?.startsWith('billing.'));

describe('the webhook of Stripe', () => {
  test('links the customer of a checkout to its org, and writes it down', async () => {
    const customer = newCustomer();
    expect((await tell(checkout(customer))).status).toBe(200);
    expect(await customerOf()).toBe(customer);
    expect(await trail()).toMatchObject([{ action: 'billing.linked', target_id: customer }]);
  });

  test('links a customer that was made for an org, and unlinks one that was deleted', async () => {
    const customer = newCustomer();
    await tell(happened('customer.created', { object: 'customer', id: customer, metadata: { org_id: owner.org.id } }));
    expect(await customerOf()).toBe(customer);
    await tell(happened('customer.deleted', { object: 'customer', id: customer }));
    expect(await customerOf()).toBeNull();
    expect((await trail()).map(({ action }) => action)).toEqual(['billing.linked', 'billing.unlinked']);
  });

  test('takes an event once, told again or ten times at once', async () => {
    const body = checkout(newCustomer());
    const answers = await Promise.all(Array.from({ length: 10 }, () => tell(body)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await trail()).toHaveLength(1);
    await unlinkByOperator({ org: owner.org.slug });
    const before = await tableChecksum();
    expect((await tell(body)).status).toBe(200);
    expect(await tableChecksum()).toBe(before);
  });

  test('acknowledges kinds that mean nothing here', async () => {
    expect((await tell(happened('invoice.paid', { object: 'invoice' }))).status).toBe(200);
    expect(await trail()).toEqual([]);
  });

  const forged: [string, (body: string) => string][] = [
    ['none', () => ''],
    ['another secret', (body) => signature(body, { secret: 'whsec_another_one' })],
    ['another body', () => signature('{}')],
    ['ten minutes old', (body) => signature(body, { ageSeconds: 600 })],
    ['nonsense', () => 't=1,v1=00'],
  ];
  test.each(forged)('refuses a signature (%s), and changes nothing', async (_title, sign) => {
    const body = checkout(newCustomer());
    const before = await tableChecksum();
    const answer = await tell(body, sign(body));
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(await tableChecksum()).toBe(before);
  });

  test('T01 never replaces a link that stands, nor gives a customer to a second org: anybody may write any org into a payment link', async () => {
    const [first, second] = [newCustomer(), newCustomer()];
    await tell(checkout(first));
    expect((await tell(checkout(second))).status).toBe(200);
    expect(await customerOf()).toBe(first);
    const other = await newOwner(project);
    expect((await tell(checkout(first, other.org.id))).status).toBe(200);
    expect(await customerOf(other.org.id)).toBeNull();
  });

  test('survives an org that there is not, and one that is no id', async () => {
    for (const orgId of [randomUUID(), 'acme', "' or 1=1 --"])
      expect((await tell(checkout(newCustomer(), orgId))).status).toBe(200);
  });

  test('is not there without its secret', async () => {
    const known = { SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: project.secret };
    setConfig(known);
    const body = checkout(newCustomer());
    const [answer, unknown] = [await tell(body), await callAs(null)('POST', '/v1/billing/nothing-here', body)];
    setConfig({ ...known, PANDASTACK_STRIPE_SECRET_KEY: 'sk_test_0123456789', PANDASTACK_STRIPE_WEBHOOK_SECRET: SECRET });
    expect(answer.status).toBe(404);
    expect({ ...answer.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' });
  });
});

test('an operator links, replaces and unlinks, and each is written down once', async () => {
  const [first, second] = [newCustomer(), newCustomer()];
  expect(await linkByOperator({ org: owner.org.slug, customer: first })).toBe(true);
  expect(await linkByOperator({ org: owner.org.id, customer: first })).toBe(false);
  expect(await linkByOperator({ org: owner.org.slug, customer: second })).toBe(true);
  expect(await unlinkByOperator({ org: owner.org.slug })).toBe(second);
  expect(await unlinkByOperator({ org: owner.org.slug })).toBeNull();
  expect((await trail()).map(({ action, target_id }) => [action, target_id])).toEqual([
    ['billing.linked', first],
    ['billing.linked', second],
    ['billing.unlinked', second],
  ]);
  await expect(linkByOperator({ org: 'no-such-org', customer: first })).rejects.toMatchObject({ code: 'org_not_found' });
});
