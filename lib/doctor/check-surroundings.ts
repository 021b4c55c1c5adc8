import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { verifyMailServer } from '@/lib/mail/send-mail';
import { type Check, fine, skipped, trouble } from './finding';

const LEAST_FREE_BYTES = 1024 ** 3;

/** The mail server, without sending anything. */
export const checkMail: Check = async ({ config: { smtp } }) => {
  if (!smtp) return [skipped('mail', 'PANDASTACK_SMTP_URL is not set: invitations travel by link or by the auth server')];
  try {
    await verifyMailServer(smtp.url);
    return [fine('mail', 'the mail server lets this service in')];
  } catch {
    const fix = 'Check host, port, user and password in PANDASTACK_SMTP_URL';
    const words = { seen: 'the mail server does not let this service in', expected: 'a greeting and a sign-in', fix };
    return [trouble('mail', 'fail', { ...words, symptom: 'Invitations do not work' })];
  }
};

/** The folder of the embedded stores. */
export const checkDataFolder: Check = async ({ config: { dataDir, databaseUrl, clickhouseUrl } }) => {
  if (databaseUrl && clickhouseUrl) return [skipped('data-folder', 'both stores are servers of their own')];
  try {
    await access(dataDir, constants.W_OK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return [skipped('data-folder', 'the folder is made at the first start')];
    }
    const fix = 'Give it to the user that runs the service';
    return [
      trouble('data-folder', 'fail', { seen: 'PANDASTACK_DATA_DIR cannot be written', expected: 'a folder of its own', fix }),
    ];
  }
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize >= LEAST_FREE_BYTES) return [fine('data-folder', 'the data folder can be written and has room')];
  return [trouble('data-folder', 'warn', { seen: 'less than 1 GiB is free', expected: 'at least 1 GiB', fix: 'Make room' })];
};
