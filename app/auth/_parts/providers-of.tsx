import type { AuthSettings } from '@/lib/supabase/fetch-auth-settings';
import type { Provider } from './provider-buttons';
import { ProviderMark } from './provider-mark';
import { providerName } from './provider-name';

/** The OAuth providers that are switched on at the auth server, as their buttons show them. */
export function providersOf({ providers }: Pick<AuthSettings, 'providers'>): Provider[] {
  return providers.map((id) => ({ id, name: providerName(id), mark: <ProviderMark provider={id} /> }));
}
