import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { damaged } from './backup-format';

const NEWLINE = 10;

/** The lines of a gzipped file, each with its line break. Throws validation_failed for a file that is cut off or no gzip. */
export async function* readLines(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.once('error', (error) => unzipped.destroy(error));
  let rest: Buffer[] = [];
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
        yield Buffer.concat([...rest, chunk.subarray(from, at + 1)]);
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_')) throw damaged('it is cut off, or no gzip');
    throw error;
  } finally {
    source.destroy();
  }
  if (rest.length > 0) throw damaged('it ends within a line');
}
