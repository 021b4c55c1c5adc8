import { z } from 'zod';
import type { Target } from './target';

const mails = z.array(
  z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string(), links: z.array(z.string()) }),
);

export type Mail = z.output<typeof mails>[number];

/** Everything this address has received, newest first. A mail is there before the request that sent it is answered. */
export async function mailsTo(target: Target, address: string): Promise<Mail[]> {
  const response = await fetch(`${target.inboxUrl}?to=${encodeURIComponent(address)}`);
  return mails.parse(await response.json());
}

export async function latestMail(target: Target, address: string): Promise<Mail> {
  const [mail] = await mailsTo(target, address);
  if (!mail) throw new Error(`No mail for ${address}`);
  return mail;
}

/** The link of the newest mail. */
export async function latestLink(target: Target, address: string): Promise<string> {
  const [link] = (await latestMail(target, address)).links;
  if (!link) throw new Error(`No link in the mail for ${address}`);
  return link;
}

/** The `token_hash` an own mail template would use. */
export async function latestTokenHash(target: Target, address: string): Promise<string> {
  return new URL(await latestLink(target, address)).searchParams.get('token') ?? '';
}
