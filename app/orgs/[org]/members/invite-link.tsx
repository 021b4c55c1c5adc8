import { CopyField } from '@/app/_ui/copy-field';
import type { Invited } from './invited';

/** A fresh link, and whether it also went out by mail. */
export function InviteLink(invited: Invited) {
  const { email, invite_url } = invited;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="wrap-anywhere text-sm">
        <span className="font-medium">{email}</span> <span className="text-muted">{mailedWords(invited)}</span>
      </p>
      <CopyField value={invite_url} label={`Copy the link for ${email}`} />
    </div>
  );
}

function mailedWords({ email_sent, account_email_sent }: Invited): string {
  if (email_sent) return 'was sent this link';
  if (account_email_sent) return 'was sent a mail to make an account, which does not hold this link: hand it over yourself';
  return 'was sent no mail: hand this link over yourself';
}
