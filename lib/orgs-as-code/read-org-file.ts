import { isNode, LineCounter, parseDocument } from 'yaml';
import { DomainError } from '@/lib/errors';
import { type OrgFile, orgFile } from './org-file';

type Path = (string | number)[];

/** What a file declares. Throws validation_failed with a line `file:line:column path: problem` for each mistake. */
export function readOrgFile(text: string, fileName: string): OrgFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${fileName}:${line}:${col}`;
  };
  const broken = document.errors.map(({ pos, message }) => `${place(pos[0])} ${message}`);
  if (broken.length > 0) throw invalid(broken);

  const result = orgFile.safeParse(toValue(document, fileName));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => {
    const known = path.filter((part): part is string | number => typeof part !== 'symbol');
    return `${place(offsetOf(document, known))} ${inWords(known)}${message}`;
  });
  throw invalid(problems);
}

type Parsed = ReturnType<typeof parseDocument>;

/** A file of a few lines must not unfold to gigabytes. */
function toValue(document: Parsed, fileName: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw invalid([`${fileName} ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
}

/** Where a value stands; of one that is missing, where what should hold it begins. */
function offsetOf(document: Parsed, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function inWords(path: Path): string {
  if (path.length === 0) return '';
  const text = path.reduce<string>((words, part) => (typeof part === 'number' ? `${words}[${part}]` : `${words}.${part}`), '');
  return `${text.slice(1)}: `;
}

function invalid(problems: string[]): DomainError {
  return new DomainError('validation_failed', problems.join('\n'), { hint: 'Nothing was changed.' });
}
