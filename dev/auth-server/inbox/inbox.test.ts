import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuthServer } from '../start-auth-server';
import { startForTest } from '../testing/start-for-test';

let server: AuthServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.close());

async function send(mail: { to: string; subject?: string; text?: string; html?: string }): Promise<void> {
  await createTransport(server.smtpUrl).sendMail({ from: 'PandaStack <no-reply@example.com>', subject: 'Hello', ...mail });
}

const readJson = async (to: string) => (await fetch(`${server.url}/inbox.json?to=${encodeURIComponent(to)}`)).json();
const readPage = async (path: string) => fetch(`${server.url}${path}`);

it('shows mail that came by SMTP once for every recipient', async () => {
  await send({
    to: 'One@example.com, two@example.com',
    text: 'See https://example.com/a?b=c&d=e.',
    html: '<a href="https://example.com/h?x=1&amp;y=2">x</a>',
  });
  for (const to of ['one@example.com', 'two@example.com']) {
    const [mail] = await readJson(to);
    expect(mail).toMatchObject({ to, subject: 'Hello', from: '"PandaStack" <no-reply@example.com>' });
    expect(mail.links[0]).toBe('https://example.com/h?x=1&y=2');
    expect(mail.received_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
});

it('lists the newest first and filters by recipient without regard to case', async () => {
  await send({ to: 'order@example.com', subject: 'first' });
  await send({ to: 'order@example.com', subject: 'second' });
  const subjects = (await readJson('ORDER@example.com')).map((mail: { subject: string }) => mail.subject);
  expect(subjects).toEqual(['second', 'first']);
  const page = await (await readPage('/inbox?to=order%40example.com')).text();
  expect(page.indexOf('second')).toBeLessThan(page.indexOf('first'));
  expect(page).not.toContain('two@example.com');
});

it('escapes what a mail says', async () => {
  await send({
    to: 'escape@example.com',
    subject: '<script>alert(1)</script>',
    text: '<img src=x onerror=alert(1)> javascript:alert(1)',
  });
  const [{ id }] = await readJson('escape@example.com');
  for (const path of ['/inbox?to=%22%3E%3Cscript%3E', '/inbox?to=escape@example.com', `/inbox/${id}`]) {
    const page = await (await readPage(path)).text();
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('"><script>');
    expect(page).not.toContain('<img src=x');
    expect(page).not.toContain('href="javascript:');
  }
});

it('shows the HTML of a mail in a sandbox that runs nothing and loads nothing', async () => {
  await send({ to: 'html@example.com', html: '<p>Hi</p><script>alert(1)</script>' });
  const [{ id }] = await readJson('html@example.com');
  const page = await (await readPage(`/inbox/${id}`)).text();
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  const policy = (await readPage(`/inbox/${id}/html`)).headers.get('content-security-policy');
  expect(policy).toContain('sandbox allow-popups');
  expect(policy).toContain("default-src 'none'");
});

it('makes the links of a text clickable', async () => {
  await send({ to: 'text@example.com', text: 'Accept: https://example.com/invite?token=abc' });
  const [{ id }] = await readJson('text@example.com');
  expect(await (await readPage(`/inbox/${id}`)).text()).toContain('<a href="https://example.com/invite?token=abc"');
});

it('answers 404 for a mail that is not there', async () => {
  expect((await readPage('/inbox/4711')).status).toBe(404);
});

it('sends a visitor of the root to the inbox', async () => {
  const response = await fetch(`${server.url}/`, { redirect: 'manual' });
  expect(response.headers.get('location')).toBe('/inbox');
});
