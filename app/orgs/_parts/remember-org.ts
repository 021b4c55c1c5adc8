import { toast } from '@/app/_ui/toast';
import { asApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/navigation';

/** Makes an org the current one from now on; whoever calls it opens it at once, beside this. */
export async function rememberOrg({ id, name }: { id: string; name: string }): Promise<void> {
  try {
    await apiFetch('POST', '/v1/me/current-org', { org_id: id });
  } catch (thrown) {
    const { message, hint } = asApiError(thrown);
    toast.error(words.notMadeCurrent(name), { description: hint ?? message });
  }
}
