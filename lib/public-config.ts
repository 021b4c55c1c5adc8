import { config } from './config';

/** What a browser may know. An allow-list: nothing else of the configuration is ever sent. */
export interface PublicConfig {
  authMode: 'supabase' | 'oidc' | 'stub';
  /** Origin of the API; '' when it is the page's own. */
  apiUrl: string;
  dashboardUrl: string;
  supabaseUrl: string | null;
  supabaseAnonKey: string | null;
  /** Whether strangers may make accounts of their own; who may do what is the API's to say. */
  signupOpen: boolean;
  /** The well-known local token, in stub mode only. */
  stubToken: string | null;
}

/** Read at run time, so one build serves any project and domain. */
export function publicConfig(): PublicConfig {
  const { mode, apiUrl, dashboardUrl, supabase, signup } = config();
  return {
    authMode: mode,
    apiUrl,
    dashboardUrl,
    supabaseUrl: supabase?.publicUrl ?? null,
    supabaseAnonKey: supabase?.anonKey ?? null,
    signupOpen: signup === 'open' || signup === 'domains',
    stubToken: mode === 'stub' ? 'pds_local_dev_token' : null,
  };
}
