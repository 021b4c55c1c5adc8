import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Database } from '../store/database';
import { insertMail } from '../store/mails';

export interface SmtpSink {
  url: string;
  close(): Promise<void>;
}

/** Accepts any mail on loopback, delivers none of it, and shows it in the inbox. */
export async function startSmtpSink(db: Database, port: number): Promise<SmtpSink> {
  const server = new SMTPServer({
    authOptional: true,
    onAuth: (_credentials, _session, accept) => accept(null, { user: 'anybody' }),
    disabledCommands: ['STARTTLS'],
    // Some clients refuse to send a password in the clear; they may send without one.
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      receive(db, stream, session).then(() => done(), done);
    },
  });
  const actualPort = await new Promise<number>((resolve, reject) => {
    // Stays for good: a client that hangs up must not take the server down.
    server.on('error', reject);
    const listener = server.listen(port, '127.0.0.1', () => {
      const address = listener.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
  return {
    url: `smtp://127.0.0.1:${actualPort}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function receive(db: Database, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const mail = await simpleParser(stream);
  for (const recipient of session.envelope.rcptTo) {
    insertMail(db, {
      recipient: recipient.address,
      sender: mail.from?.text ?? '',
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html || '',
    });
  }
}
