import type { AgentReady } from './agent-child';
import type { AuthServerReady } from './auth-server-child';
import type { LocalSettings } from './local-settings';

/** What the product says of itself once it answers. */
export interface ProductReady {
  /** While nobody owns an organization on it. */
  setupCode?: string;
}

interface Started extends ProductReady {
  auth: AuthServerReady | undefined;
  agent: AgentReady | undefined;
}

/** What a person needs to begin, once everything runs. */
export function banner(settings: LocalSettings, { auth, setupCode, agent }: Started): string {
  const { appUrl, dataDir, mode, embeddedStores } = settings;
  const lines = [
    '',
    `  PandaStack runs.  Ctrl-C stops it.`,
    '',
    `  App      ${appUrl}`,
    ...(auth ? [`  Inbox    ${auth.url}/inbox   (every mail of the development auth server)`] : []),
    `  API      ${appUrl}/v1   (ready? ${appUrl}/readyz)`,
    ...(embeddedStores || auth ? [`  Data     ${dataDir}   (delete it to begin anew)`] : []),
    ...(agent ? [`  Agent    ${agent.endpoint}   (a stand-in that isolates nothing: commands run as you, on this machine)`] : []),
    ...(setupCode ? [`  Setup    ${appUrl}/setup   with the code ${setupCode}   (the first owner enters it, once)`] : []),
    '',
    ...howToBegin(appUrl, mode, auth),
    '',
    ...(agent ? howToRunCode(appUrl, mode) : []),
  ];
  return lines.join('\n');
}

function howToBegin(appUrl: string, mode: string, auth: AuthServerReady | undefined): string[] {
  if (mode === 'stub') {
    return [
      '  Stub mode: everybody who can reach this port is the one stub user.',
      `    curl -H "Authorization: Bearer pds_local_dev_token" ${appUrl}/v1/me`,
    ];
  }
  if (!auth)
    return [`  Begin    ${appUrl}/login, with an account of ${mode === 'oidc' ? 'your provider' : 'your Supabase project'}`];
  return [
    `  Begin    ${appUrl}/signup with any address; confirm it in the inbox; create an organization`,
    '',
    '  A token for curl: make an API token in the dashboard, or sign in by hand',
    `    TOKEN=$(curl -s "${auth.url}/auth/v1/token?grant_type=password" -H "apikey: ${auth.anonKey}" \\`,
    `      -H "Content-Type: application/json" -d '{"email":"you@example.com","password":"…"}' | sed 's/.*"access_token":"\\([^"]*\\).*/\\1/')`,
    `    curl -H "Authorization: Bearer $TOKEN" ${appUrl}/v1/me`,
    '',
    '  Your own Supabase project: put SUPABASE_URL, SUPABASE_ANON_KEY and SUPABASE_JWT_SECRET into .env (see .env.example),',
    `  allow ${appUrl}/auth/callback as a redirect URL there, and start again.`,
  ];
}

/** A program as it can be pasted into a shell in this folder, where the SDK is installed. */
function howToRunCode(appUrl: string, mode: string): string[] {
  return [
    mode === 'stub' ? '  A sandbox, by the SDK' : '  A sandbox, by the SDK (TOKEN as above, or an API token)',
    `    PANDASTACK_API=${appUrl} PANDASTACK_API_KEY=${mode === 'stub' ? 'pds_local_dev_token' : '$TOKEN'} node --input-type=module -e '`,
    '      import { Sandbox } from "@pandastack/sdk";',
    '      const sandbox = await Sandbox.create();',
    '      await sandbox.filesystem.write("/hello.sh", "echo hello from $PANDASTACK_SANDBOX_ID");',
    '      console.log((await sandbox.exec("sh hello.sh")).stdout);',
    "      await sandbox.kill();'",
    '',
  ];
}
