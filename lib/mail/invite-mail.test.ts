import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setConfig } from '@/e2e/support/test-project';
import { inviteMail } from './invite-mail';
import { sendMail } from './send-mail';

const received: { mail: ParsedMail; recipients: string[] }[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    void simpleParser(stream).then((mail) => {
      received.push({ mail, recipients: session.envelope.rcptTo.map(({ address }) => address) });
      done();
    }, done);
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  setConfig({
    PANDASTACK_SMTP_URL: `smtp://127.0.0.1:${port}`,
    PANDASTACK_SMTP_FROM: 'PandaStack <panda@example.com>',
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_ANON_KEY: 'sb_publishable_of_a_test',
    SUPABASE_JWT_SECRET: 'a-test-project-secret-that-signs-nothing-else-0123456789',
  });
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

test.each(['Acme\r\nBcc: thief@example.com', '<script>alert(1)</script>', '{{.Token}} #{7*7}', 'Ä<b>"\'&'])(
  'V22 whatever the org %j and the inviter are called, the headers stay ours and the text stays text',
  async (name) => {
    const url = 'http://localhost:3000/invite/a-secret';
    const facts = { orgName: name, inviterEmail: name, role: 'admin', url, expiresAt: new Date('2026-12-03T00:00:00Z') };
    const sent = await sendMail({ to: 'grace@example.com', ...inviteMail(facts) });
    expect(sent).toBe(true);
    const last = received.at(-1);
    expect(last?.recipients).toEqual(['grace@example.com']);
    expect(last?.mail.bcc).toBeUndefined();
    expect(last?.mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(last?.mail.headers.has('list-unsubscribe')).toBe(false);
    expect(last?.mail.subject?.replace(/\s+/g, ' ')).toContain(name.replace(/\s+/g, ' '));
    const html = String(last?.mail.html);
    expect(html).not.toMatch(/<script|<b>/);
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link)).toEqual([url]);
    expect(last?.mail.text?.match(/https?:\S+/g)).toEqual([url]);
    expect(last?.mail.text).toContain('December 3, 2026');
  },
);
