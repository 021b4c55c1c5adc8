const A_TOKEN = '$PANDASTACK_API_KEY';

/** The shortest call that proves a token. */
export function curlExample(apiUrl: string, token = A_TOKEN): string {
  return `curl ${apiUrl}/v1/me \\\n  -H "Authorization: Bearer ${token}"`;
}

/** Makes a sandbox without any SDK. */
export function createExample(apiUrl: string): string {
  return [
    `curl -X POST ${apiUrl}/v1/sandboxes`,
    `  -H "Authorization: Bearer ${A_TOKEN}"`,
    '  -H "Content-Type: application/json"',
    `  -d '{"template":"code-interpreter"}'`,
  ].join(' \\\n');
}

/** What the SDKs read from the environment. */
export function environmentExample(apiUrl: string, token: string): string {
  return `export PANDASTACK_API=${apiUrl}\nexport PANDASTACK_API_KEY=${token}`;
}

/** The first lines with `@pandastack/sdk`; it takes address and token from the environment. */
export const SDK_EXAMPLE = `import { Sandbox } from '@pandastack/sdk';

const sandbox = await Sandbox.create({
  template: 'code-interpreter',
});
console.log((await sandbox.exec('uname -a')).stdout);`;

/** The same with the `pandastack` package of Python. */
export const PYTHON_EXAMPLE = `from pandastack import Sandbox

sandbox = Sandbox.create(template="code-interpreter")
print(sandbox.exec("uname -a").stdout)`;
