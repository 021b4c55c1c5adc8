import { type InvitePreview, previewInvite } from '@/lib/invites/preview-invite';
import { CONTINUE_INVITE, readPendingInvite } from '@/lib/page/pending-invite';

/** The open invite for whose sake somebody is signing in or up; null when there is none (or it cannot be read now). */
export async function waitingInvite(next: string): Promise<InvitePreview | null> {
  if (next !== CONTINUE_INVITE) return null;
  const secret = await readPendingInvite();
  if (!secret) return null;
  const invite = await previewInvite(secret).catch(() => null);
  return invite?.state === 'open' ? invite : null;
}
