import { expect } from '@playwright/test';
import { AUTH_URL } from './stack';

export interface Mail {
  id: string | number;
  to: string;
  subject: string;
  text: string;
  html: string;
  links: string[];
}

/** The newest mail to an address whose subject matches, waiting until it is there. */
export async function newestMail(to: string, subject: RegExp, authUrl = AUTH_URL): Promise<Mail> {
  let found: Mail | undefined;
  await expect
    .poll(async () => {
      const response = await fetch(`${authUrl}/inbox.json?to=${encodeURIComponent(to)}`);
      const mails: Mail[] = await response.json();
      found = mails.find((mail) => subject.test(mail.subject));
      return found !== undefined;
    })
    .toBe(true);
  if (!found) throw new Error('no such mail');
  return found;
}

/** The link a person would press in it. */
export function linkIn(mail: Mail): string {
  const [link] = mail.links;
  if (!link) throw new Error(`no link in "${mail.subject}"`);
  return link;
}
