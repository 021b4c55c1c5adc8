import type { IncomingMessage } from 'node:http';
import { Refusal } from './call';

const MAX_HEAD_BYTES = 16_384;
const MAX_FIELD_BYTES = 65_536;
const CRLF = '\r\n';

export interface Upload {
  fields: Map<string, string>;
  /** Of a file only its name and its size are kept: it may be many gigabytes. */
  files: Map<string, { fileName: string; bytes: number }>;
}

interface Part {
  name: string;
  fileName: string | undefined;
  kept: Buffer[];
  bytes: number;
}

/** Reads multipart/form-data as it comes, with no more than a chunk of it in memory. Throws 400 for what is none. */
export async function readUpload(request: IncomingMessage): Promise<Upload> {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(request.headers['content-type'] ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) throw new Refusal(400, "request Content-Type isn't multipart/form-data");
  const upload: Upload = { fields: new Map(), files: new Map() };
  const reader = partReader(Buffer.from(`${CRLF}--${boundary}`), upload);
  for await (const chunk of request) reader.take(chunk);
  if (!reader.finished()) throw new Refusal(400, 'multipart: NextPart: EOF');
  return upload;
}

function partReader(delimiter: Buffer, upload: Upload) {
  let rest: Buffer = Buffer.from(CRLF); // So that the first boundary looks like every other.
  let part: Part | undefined;
  let finished = false;
  const readContent = (open: Part): boolean => {
    const at = rest.indexOf(delimiter);
    const end = at === -1 ? Math.max(0, rest.length - delimiter.length + 1) : at;
    keep(open, rest.subarray(0, end));
    rest = rest.subarray(end);
    if (at === -1) return false;
    store(open, upload);
    part = undefined;
    return true;
  };
  const readHead = (): boolean => {
    const at = rest.indexOf(delimiter);
    if (at === -1) return false;
    const after = rest.subarray(at + delimiter.length);
    finished = after.subarray(0, 2).toString() === '--';
    const end = after.indexOf(CRLF + CRLF);
    if (end === -1 && after.length > MAX_HEAD_BYTES) throw new Refusal(400, 'multipart: message too large');
    if (finished || end === -1) return false;
    part = partOf(after.subarray(0, end).toString());
    rest = after.subarray(end + 2 * CRLF.length);
    return true;
  };
  return {
    finished: () => finished,
    take: (chunk: Buffer) => {
      if (finished) return;
      rest = Buffer.concat([rest, chunk]);
      while (part ? readContent(part) : readHead());
    },
  };
}

function partOf(head: string): Part {
  const of = (field: string) => new RegExp(`content-disposition:[^\\r\\n]*[; ]${field}="([^"]*)"`, 'i').exec(head)?.[1];
  return { name: of('name') ?? '', fileName: of('filename'), kept: [], bytes: 0 };
}

function keep(part: Part, content: Buffer): void {
  part.bytes += content.length;
  if (part.fileName !== undefined) return;
  if (part.bytes > MAX_FIELD_BYTES) throw new Refusal(400, 'multipart: message too large');
  part.kept.push(Buffer.from(content));
}

function store({ name, fileName, kept, bytes }: Part, { fields, files }: Upload): void {
  if (fileName === undefined) fields.set(name, Buffer.concat(kept).toString());
  else files.set(name, { fileName, bytes });
}
