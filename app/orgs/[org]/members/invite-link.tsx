import { CopyField } from '@/app/_ui/copy-field';
import type { Invited } from './invited';

/** A fresh link, and whether it also went out by mail. */
export function InviteLink({ email, invite_url, email_sent }: Invited) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="wrap-anywhere text-sm">
        <span className="font-medium">{email}</span>{' '}
        <span className="text-muted">{email_sent ? 'was sent this link' : 'was sent no mail: hand this link over yourself'}</span>
      </p>
      <CopyField value={invite_url} label={`Copy the link for ${email}`} />
    </div>
  );
}
