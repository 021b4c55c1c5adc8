import { answer, type Call, Refusal, type Route, readJson, sandboxOf, text } from '../http/call';
import { runCommand } from '../sandboxes/run-command';

/** Each reads the program from its input. */
const INTERPRETERS: Record<string, string> = {
  python: 'python3 -',
  py: 'python3 -',
  node: 'node -',
  js: 'node -',
  bash: 'bash',
  sh: 'sh',
  ruby: 'ruby -',
};

export const replRoutes: Route[] = [
  ['POST', '/sandboxes/:id/repl', runOnce],
  ['GET', '/repl/languages', (call) => answer(call, 200, Object.keys(INTERPRETERS))],
];

/** A program in an interpreter of its own. */
async function runOnce(call: Call): Promise<void> {
  const sandbox = sandboxOf(call);
  const body = await readJson(call);
  const language = text(body.language).toLowerCase().trim() || 'python';
  const cmd = INTERPRETERS[language];
  if (!cmd) throw new Refusal(400, `unsupported language: ${language}`);
  const left = new AbortController();
  call.response.on('close', () => left.abort());
  const output = { stdout: '', stderr: '' };
  const exit_code = await runCommand(sandbox, {
    cmd,
    input: text(body.code),
    timeoutSeconds: undefined,
    signal: left.signal,
    onChunk: (stream, chunk) => {
      output[stream] += chunk;
    },
  });
  answer(call, 200, { language, ...output, exit_code });
}
