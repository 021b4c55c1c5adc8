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

/** Makes a template with `@pandastack/sdk`. */
export const TEMPLATE_EXAMPLE = `import { Client } from '@pandastack/sdk';

const client = new Client();
const build = await client.templates.buildFromDockerfile({
  name: 'with-ffmpeg',
  dockerfile: 'FROM ubuntu:24.04\\nRUN apt-get update && apt-get install -y ffmpeg',
});
await client.templates.waitForBuild(build.id);`;

/** The same from an archive of its file system. */
export function buildExample(apiUrl: string): string {
  return [
    `curl -X POST ${apiUrl}/v1/templates/build`,
    `  -H "Authorization: Bearer ${A_TOKEN}"`,
    '  -F name=custom -F size_mb=2048 -F rootfs=@rootfs.tar.gz',
  ].join(' \\\n');
}
