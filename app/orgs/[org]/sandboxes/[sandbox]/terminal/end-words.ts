import * as words from '@/messages/sandbox-terminal-end';

/** Why a terminal ended, and what to do then. */
export interface End {
  why: string;
  hint: string;
  /** It is what somebody wanted. */
  expected: boolean;
}

// RFC 6455, section 7.4.1, and its registry; the gateway closes with these.
const ENDS: Record<number, Omit<End, 'expected'>> = {
  1001: words.stopping,
  1008: words.noAccess,
  1014: words.noMachine,
};

/** What the close of a WebSocket says; `exitCode` is what the shell said before, if it did. */
export function endWords(code: number, exitCode: number | null): End {
  if (exitCode !== null) return { why: words.exited(exitCode), hint: words.forAnother, expected: true };
  if (code === 1000) return { why: words.closed, hint: words.forAnother, expected: true };
  return { ...(ENDS[code] ?? words.broken), expected: false };
}
