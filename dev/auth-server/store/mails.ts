import { z } from 'zod';
import { type Database, timestamp } from './database';

const mailRow = z.object({
  id: z.number(),
  recipient: z.string(),
  sender: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  received_at: z.string(),
});

export type Mail = z.output<typeof mailRow>;
export type NewMail = Omit<Mail, 'id' | 'received_at'>;

const KEPT_MAILS = 1000;

export function insertMail(db: Database, mail: NewMail): void {
  db.prepare('INSERT INTO mails (recipient, sender, subject, text, html, received_at) VALUES (?, ?, ?, ?, ?, ?)').run(
    mail.recipient.toLowerCase(),
    mail.sender,
    mail.subject,
    mail.text,
    mail.html,
    timestamp(),
  );
  db.prepare('DELETE FROM mails WHERE id <= (SELECT max(id) FROM mails) - ?').run(KEPT_MAILS);
}

/** Newest first; an empty recipient means everybody's. */
export function listMails(db: Database, recipient: string, limit = 200): Mail[] {
  const rows = db
    .prepare(`SELECT * FROM mails WHERE ? = '' OR recipient = ? ORDER BY id DESC LIMIT ?`)
    .all(recipient.toLowerCase(), recipient.toLowerCase(), limit);
  return rows.map((row) => mailRow.parse(row));
}

export function findMail(db: Database, id: number): Mail | undefined {
  return mailRow.optional().parse(db.prepare('SELECT * FROM mails WHERE id = ?').get(id));
}
