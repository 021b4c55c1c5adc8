import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { presentPreview, previewInvite } from '@/lib/invites/preview-invite';

export const GET = endpoint<{ token: string }>(async (_request, { token }) => ok(presentPreview(await previewInvite(token))));
