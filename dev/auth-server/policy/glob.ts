/** Compiles the glob dialect of Supabase's allow list, in which `.` and `/` separate: `*` stops at them, `**` does not. */
export function compileGlob(pattern: string): RegExp {
  let source = '';
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const token = readToken(pattern, i);
    i += token.length - 1;
    if (token === '{') depth++;
    if (token === '}' && depth > 0) depth--;
    source += translate(token, depth);
  }
  return new RegExp(`^${source}$`, 's');
}

function readToken(pattern: string, start: number): string {
  const rest = pattern.slice(start);
  return /^(\*\*|\\.|\[!?[^\]]+\])/s.exec(rest)?.[0] ?? rest.charAt(0);
}

function translate(token: string, depth: number): string {
  if (token === '**') return '.*';
  if (token === '*') return '[^./]*';
  if (token === '?') return '[^./]';
  if (token === '{') return '(?:';
  if (token === '}') return ')';
  if (token === ',' && depth > 0) return '|';
  if (token.startsWith('\\')) return quote(token.slice(1));
  if (token.length > 1) return token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
  return quote(token);
}

const quote = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
