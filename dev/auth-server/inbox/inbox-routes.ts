import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { AuthServerContext } from '../auth-server-context';
import { findMail, listMails, type Mail } from '../store/mails';
import { inboxPage } from './inbox-page';
import { linksOf } from './mail-links';
import { messagePage } from './message-page';
import { POLL_SCRIPT_SOURCE, STYLE_SOURCE } from './page-assets';

const PAGE_POLICY = `default-src 'none'; connect-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'self'; script-src ${POLL_SCRIPT_SOURCE}; style-src ${STYLE_SOURCE}`;
/** A mail is hostile HTML: no scripts, no forms, no requests; links open outside of the frame. */
const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The pages a developer reads mail on, and the JSON end-to-end tests read. */
export function inboxRoutes({ db }: AuthServerContext): Hono {
  const inbox = new Hono();
  inbox.use(secureHeaders({ xFrameOptions: 'SAMEORIGIN', strictTransportSecurity: false }));
  inbox.get('/', (c) => c.redirect('/inbox'));
  inbox.get('/inbox.json', (c) => c.json(listMails(db, c.req.query('to') ?? '').map(presentMail)));
  inbox.get('/inbox', (c) => {
    const to = c.req.query('to') ?? '';
    c.header('Content-Security-Policy', PAGE_POLICY);
    return c.html(inboxPage(to, listMails(db, to)));
  });
  inbox.get('/inbox/:id{[0-9]+}', (c) => {
    const mail = findMail(db, Number(c.req.param('id')));
    if (!mail) return c.notFound();
    c.header('Content-Security-Policy', PAGE_POLICY);
    return c.html(messagePage(mail));
  });
  inbox.get('/inbox/:id{[0-9]+}/html', (c) => {
    const mail = findMail(db, Number(c.req.param('id')));
    if (!mail) return c.notFound();
    c.header('Content-Security-Policy', MAIL_POLICY);
    return c.html(`<!doctype html><html lang="en"><title>Message</title><base target="_blank">${mail.html}`);
  });
  return inbox;
}

function presentMail(mail: Mail) {
  return {
    id: mail.id,
    to: mail.recipient,
    from: mail.sender,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    links: linksOf(mail),
    received_at: mail.received_at,
  };
}
