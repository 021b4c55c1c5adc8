import { CopyField } from '@/app/_ui/copy-field';
import * as words from '@/messages/members';
import type { Invited } from './invited';

/** A fresh link, and whether it also went out by mail. */
export function InviteLink(invited: Invited) {
  const { email, invite_url } = invited;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="wrap-anywhere text-sm">
        {mailedWords(invited)(<span className="font-medium">{email}</span>, (text) => (
          <span className="text-muted">{text}</span>
        ))}
      </p>
      <CopyField value={invite_url} label={words.copyLink(email)} />
    </div>
  );
}

function mailedWords({ email_sent, account_email_sent }: Invited) {
  if (email_sent) return words.mailedLink;
  if (account_email_sent) return words.mailedAccount;
  return words.mailedNothing;
}
