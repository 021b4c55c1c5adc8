import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, newPerson } from '@/e2e/support/test-people';
import { setConfig, startTestProject, TEST_SECRET, type TestProject } from '@/e2e/support/test-project';

/** Answers POST /invite and POST /otp as told and passes every other question on to the project. */
interface Mailer {
  url: string;
  asked: { url: string; headers: IncomingMessage['headers']; body: string }[];
  answer: { status: number; body: object };
  otpAnswer: number;
  server: Server;
}

let project: TestProject;
let mailer: Mailer;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  mailer = await startMailer();
});
beforeEach(() => {
  mailer.asked = [];
  mailer.answer = { status: 200, body: {} };
  mailer.otpAnswer = 200;
  configure({ SUPABASE_SERVICE_ROLE_KEY: project.serviceRoleKey });
});
afterAll(() => Promise.all([project.close(), new Promise((done) => mailer.server.close(done))]));

function configure(settings: Record<string, string>): void {
  // The way to the mail server of the test before.
  Reflect.deleteProperty(globalThis, '__pandastackMailer');
  const supabase = { SUPABASE_URL: mailer.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: TEST_SECRET };
  setConfig({ ...supabase, SUPABASE_ISSUER: project.issuer, ...settings });
}

async function startMailer(): Promise<Mailer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = (status: number, text: string) => response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    const { url = '', headers } = request;
    const [, path] = /^\/auth\/v1\/(invite|otp)\?/.exec(url) ?? [];
    if (path) {
      mailer.asked.push({ url, headers, body: Buffer.concat(chunks).toString() });
      if (path === 'otp') return answer(mailer.otpAnswer, '{}');
      return answer(mailer.answer.status, JSON.stringify(mailer.answer.body));
    }
    const { authorization = '' } = headers;
    const passedOn = await fetch(project.url + url, { headers: { authorization } });
    return answer(passedOn.status, await passedOn.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked: [], answer: { status: 200, body: {} }, otpAnswer: 200, server };
}

async function invited(path = '') {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  const body = path ? { invites: [{ email: guest.email }] } : { email: guest.email };
  const answer = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites${path}`, body);
  const invite = path ? answer.body.items[0].invite : answer.body;
  const [row] = await db().select().from(orgInvites).where(eq(orgInvites.id, invite.id));
  return { owner, guest, status: answer.status, invite, lastSentAt: row?.lastSentAt };
}

describe('without a mail server of our own', () => {
  test.each(['', '/batch'])(
    'P04 the auth server mails the way to an account; the link is not in it, and not noted as sent (invites%s)',
    async (path) => {
      const { owner, guest, invite, lastSentAt } = await invited(path);
      expect(invite).toMatchObject({ email_sent: false, account_email_sent: true, invite_url: expect.any(String) });
      expect(lastSentAt).toBeNull();
      const [{ url, headers, body } = expect.fail('the auth server was not asked')] = mailer.asked;
      expect(url).toBe(`/auth/v1/invite?redirect_to=${encodeURIComponent('http://localhost:3000/auth/callback')}`);
      expect(headers).toMatchObject({
        apikey: project.serviceRoleKey,
        authorization: `Bearer ${project.serviceRoleKey}`,
      });
      expect(JSON.parse(body)).toEqual({ email: guest.email });
      for (const secret of [invite.token, invite.id, owner.org.id]) expect(JSON.stringify(mailer.asked)).not.toContain(secret);
    },
  );

  test('the account alone opens nothing: the link stays the key, and works for whoever came by that mail', async () => {
    const { guest, invite } = await invited();
    expect((await guest.call('GET', '/v1/me/invites')).body.items).toMatchObject([{ id: invite.id }]);
    for (const wrong of [invite.id, guest.email, guest.userId]) {
      expect((await guest.call('POST', `/v1/orgs/invites/${wrong}/accept`)).status).toBe(404);
    }
    expect((await guest.call('POST', `/v1/orgs/invites/${invite.token}/accept`)).status).toBe(200);
  });

  test('V30 I13 somebody who has an account already is mailed the way to signing in, and the answer is the same', async () => {
    const newcomer = await invited();
    mailer.asked = [];
    mailer.answer = { status: 422, body: { error_code: 'email_exists' } };
    const known = await invited();
    expect(mailer.asked.map(({ url }) => new URL(url, mailer.url).pathname)).toEqual(['/auth/v1/invite', '/auth/v1/otp']);
    const [, otp] = mailer.asked;
    expect(JSON.parse(otp?.body ?? '')).toEqual({ email: known.guest.email, create_user: false });
    // The service-role key is for what needs it.
    expect(otp?.headers.apikey).toBe(project.anonKey);
    const told = ({ email_sent, account_email_sent }: typeof known.invite) => [email_sent, account_email_sent];
    expect(told(known.invite)).toEqual(told(newcomer.invite));
    expect(told(known.invite)).toEqual([false, true]);
  });

  test.each([
    ['V30 when it mails people with an account too often already', 422, { error_code: 'email_exists' }],
    ['when it sends too many already', 429, { error_code: 'over_email_send_rate_limit' }],
    ['when it refuses our key', 401, {}],
    ['when it is broken', 500, {}],
  ])('P04 %s nothing goes out and nothing is told as sent: the invite and its link stand', async (_title, status, body) => {
    mailer.answer = { status, body };
    mailer.otpAnswer = 429;
    const made = await invited();
    expect(made).toMatchObject({ status: 201, lastSentAt: null });
    expect(made.invite).toMatchObject({ email_sent: false, account_email_sent: false });
    expect((await made.guest.call('POST', `/v1/orgs/invites/${made.invite.token}/accept`)).status).toBe(200);
  });

  test.each([
    ['without the key for it', () => ({})],
    ['on a server that takes nobody new', (key: string) => ({ SUPABASE_SERVICE_ROLE_KEY: key, PANDASTACK_SIGNUP: 'closed' })],
  ] as [string, (key: string) => Record<string, string>][])('the auth server is not asked %s', async (_title, settings) => {
    const owner = await newOwner(project);
    configure(settings(project.serviceRoleKey));
    const answer = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: newPerson(project).email });
    expect(answer).toMatchObject({ status: 201, body: { email_sent: false, account_email_sent: false } });
    expect(mailer.asked).toEqual([]);
  });

  test('V21 one address is mailed five times a day, however often it is invited', async () => {
    const { email } = newPerson(project);
    for (let n = 0; n < 7; n++) {
      const owner = await newOwner(project);
      const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email });
      expect(body.account_email_sent).toBe(n < 5);
    }
    expect(mailer.asked).toHaveLength(5);
  });
});

test('D24 a mail server that takes a mail and hangs up before it says so: one invite, not told as sent, and mailed again when asked', async () => {
  const smtp = await startForgetfulMailServer();
  configure({ PANDASTACK_SMTP_URL: smtp.url });
  const { owner, guest, status, invite, lastSentAt } = await invited();
  // The mail may be on its way all the same: nobody knows. It is never told as sent when it may not be.
  expect([status, invite.email_sent, lastSentAt, smtp.mails.length]).toEqual([201, false, null, 1]);
  const again = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: guest.email });
  expect(again).toMatchObject({ status: 409, body: { code: 'invite_exists' } });
  smtp.forget(false);
  const resent = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites/${invite.id}/resend`);
  expect(resent).toMatchObject({ status: 200, body: { id: invite.id, email_sent: true } });
  expect(smtp.mails.map(({ to }) => to)).toEqual([guest.email, guest.email]);
  const rows = await db().select().from(orgInvites).where(eq(orgInvites.email, guest.email));
  expect(rows).toMatchObject([{ id: invite.id, lastSentAt: expect.any(Date) }]);
  expect((await guest.call('POST', `/v1/orgs/invites/${resent.body.token}/accept`)).status).toBe(200);
});

test('P04 a mail server that is away sends nothing, marks nothing as sent, and leaves the auth server alone', async () => {
  const key = { SUPABASE_SERVICE_ROLE_KEY: project.serviceRoleKey };
  configure({ ...key, PANDASTACK_SMTP_URL: 'smtp://127.0.0.1:1', PANDASTACK_SMTP_FROM: 'panda@example.com' });
  const { status, invite, lastSentAt } = await invited();
  expect([status, invite.email_sent, invite.account_email_sent, lastSentAt]).toEqual([201, false, false, null]);
  expect(mailer.asked).toEqual([]);
});

/** Takes every mail whole, and while it is forgetful loses the connection instead of answering. */
async function startForgetfulMailServer() {
  const mails: { to: string }[] = [];
  let forgetful = true;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      stream.resume().on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address).join() });
        if (!forgetful) return done();
        for (const connection of server.connections) connection.close();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const forget = (on: boolean) => {
    forgetful = on;
  };
  return { url: `smtp://127.0.0.1:${port}`, mails, forget };
}
