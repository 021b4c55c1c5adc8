import { answer, type Call, number, Refusal, type Route, readJson, sandboxOf, text } from '../http/call';
import { openEventStream } from '../http/event-stream';
import { runCommand } from '../sandboxes/run-command';

const MAX_OUTPUT_CHARACTERS = 32 * 1_048_576;

export const execRoutes: Route[] = [
  ['POST', '/sandboxes/:id/exec', exec],
  ['POST', '/sandboxes/:id/exec/stream', execStream],
];

async function readCommand(call: Call) {
  const sandbox = sandboxOf(call);
  const body = await readJson(call);
  const cmd = text(body.cmd);
  if (!cmd) throw new Refusal(400, 'cmd required');
  return { sandbox, cmd, timeoutSeconds: number(body.timeout_seconds) };
}

async function exec(call: Call): Promise<void> {
  const { sandbox, cmd, timeoutSeconds } = await readCommand(call);
  const left = new AbortController();
  call.response.on('close', () => left.abort());
  const output = { stdout: '', stderr: '' };
  const exit_code = await runCommand(sandbox, {
    cmd,
    timeoutSeconds,
    signal: left.signal,
    onChunk: (stream, chunk) => {
      if (output[stream].length < MAX_OUTPUT_CHARACTERS) output[stream] += chunk;
    },
  });
  answer(call, 200, { ...output, exit_code });
}

async function execStream(call: Call): Promise<void> {
  const { sandbox, cmd, timeoutSeconds } = await readCommand(call);
  const { send, end, signal } = openEventStream(call.response);
  try {
    const onChunk = (stream: string, chunk: string) => send(stream, { chunk });
    const exit_code = await runCommand(sandbox, { cmd, timeoutSeconds, signal, onChunk });
    await send('exit', { exit_code });
  } catch (error) {
    await send('error', { error: error instanceof Error ? error.message : String(error) });
  }
  end();
}
