import { Note } from '../_ui/note';

const WORDS: Record<string, string> = {
  session_ended: 'Your session ended. Sign in to carry on where you were.',
  banned: 'This account is banned. Ask the operator of this server, or sign in with another account.',
  session_revoked: 'You were signed out elsewhere. Sign in to carry on.',
  signed_out: 'You are signed out.',
  signed_out_everywhere: 'You are signed out in every browser.',
  signed_out_here:
    'You are signed out in this browser. The sign-in service did not confirm it for the others: sign in later and try again.',
  password_changed: 'Your password was changed. Sign in with the new one.',
};

/** Why one stands at the sign-in page; nothing for a reason we do not know. */
export function ArrivalNote({ reason }: { reason: unknown }) {
  const words = typeof reason === 'string' && Object.hasOwn(WORDS, reason) ? WORDS[reason] : undefined;
  return words ? (
    <Note role="status" className="mb-5">
      {words}
    </Note>
  ) : null;
}
