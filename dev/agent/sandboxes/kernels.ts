// One line of JSON in, `{ "code" }`; one line out on file descriptor 3, `{ "stdout", "stderr", "exit" }`, so that whatever a program
// prints past the interpreter cannot be taken for an answer.

const PYTHON = `
import ast, contextlib, io, json, os, sys, traceback
answers = os.fdopen(3, 'w', buffering=1)
names = {'__name__': '__main__'}

def run(code):
    body = ast.parse(code).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), '<cell>', 'exec'), names)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), '<cell>', 'eval'), names)
        if value is not None:
            print(repr(value))

for line in sys.stdin:
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            run(json.loads(line)['code'])
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except BaseException:
            traceback.print_exc()
            code = 1
    answers.write(json.dumps({'stdout': out.getvalue(), 'stderr': err.getvalue(), 'exit': code}) + '\\n')
`;

const NODE = `
const { writeSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { formatWithOptions, inspect } = require('node:util');
const vm = require('node:vm');
let output;
const printTo = (name) => (...values) => { output[name] += formatWithOptions({}, ...values) + '\\n'; };
const console_ = { log: printTo('stdout'), info: printTo('stdout'), error: printTo('stderr'), warn: printTo('stderr') };
const world = vm.createContext({ ...globalThis, console: console_, require, process, Buffer, fetch, setTimeout, setInterval, URL });
createInterface({ input: process.stdin }).on('line', async (line) => {
  output = { stdout: '', stderr: '', exit: 0 };
  try {
    const value = await vm.runInContext(JSON.parse(line).code, world);
    if (value !== undefined) output.stdout += inspect(value) + '\\n';
  } catch (error) {
    output.stderr += (error && error.stack || String(error)) + '\\n';
    output.exit = 1;
  }
  writeSync(3, JSON.stringify(output) + '\\n');
});
`;

interface Kernel {
  language: string;
  command: string;
  args: string[];
}

/** What keeps variables from one piece of code to the next; undefined for a language that has none. */
export function kernelOf(language: string): Kernel | undefined {
  if (['python', 'py', 'python3'].includes(language)) {
    return { language: 'python', command: 'python3', args: ['-u', '-c', PYTHON] };
  }
  if (['node', 'js', 'javascript'].includes(language)) return { language: 'node', command: 'node', args: ['-e', NODE] };
  return undefined;
}
