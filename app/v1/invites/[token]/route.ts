import { requestOrigin } from '@/lib/auth/request-origin';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { limitGuesses } from '@/lib/invites/limit-guesses';
import { presentPreview, previewInvite } from '@/lib/invites/preview-invite';

export const GET = endpoint<{ token: string }>(async (request, { token }) => {
  const preview = await limitGuesses(requestOrigin(request), () => previewInvite(token));
  return ok(presentPreview(preview));
});
