import { createTransport, type Transporter } from 'nodemailer';
import { config } from '@/lib/config';
import { logger } from '@/lib/log';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

const TIMEOUT_MS = 10_000;
/** RFC 3834: absence notes and other robots do not answer it. */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated' };
const holder = globalThis as typeof globalThis & { __pandastackMailer?: Transporter };

/**
 * Sends by PANDASTACK_SMTP_URL. False, with a log line, when mail is not configured, when the server refuses, or when the connection ends
 * before its answer: then the mail may be on its way all the same, and whoever sends again sends it twice. Never throws.
 */
export async function sendMail(mail: Mail): Promise<boolean> {
  const { smtp } = config();
  if (!smtp) return false;
  try {
    const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
    holder.__pandastackMailer ??= createTransport({
      url: smtp.url,
      ...timeouts,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await holder.__pandastackMailer.sendMail({ ...mail, from: smtp.from, headers: AUTOMATIC });
    return true;
  } catch (error) {
    logger().warn({ err: error }, 'A mail could not be sent; check PANDASTACK_SMTP_URL');
    return false;
  }
}

/** Connects and signs in to the mail server without sending anything. Throws what the server or the network says. */
export async function verifyMailServer(url: string): Promise<void> {
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
