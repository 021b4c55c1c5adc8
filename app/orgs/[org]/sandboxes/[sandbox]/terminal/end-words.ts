/** Why a terminal ended, and what to do then. */
export interface End {
  why: string;
  hint: string;
  /** It is what somebody wanted. */
  expected: boolean;
}

// RFC 6455, section 7.4.1, and its registry; the gateway closes with these.
const WORDS: Record<number, Omit<End, 'expected'>> = {
  1001: { why: 'This server is stopping', hint: 'Reconnect: another one answers in a moment.' },
  1008: { why: 'Your access to this organization has ended', hint: 'Ask an owner or admin of it.' },
  1014: {
    why: 'The machine of this sandbox does not answer any more',
    hint: 'Reconnect in a moment, or look at its state above.',
  },
};
const BROKEN = { why: 'The connection broke off', hint: 'Reconnect: the sandbox goes on, its programs in this terminal do not.' };

/** What the close of a WebSocket says; `exitCode` is what the shell said before, if it did. */
export function endWords(code: number, exitCode: number | null): End {
  if (exitCode !== null)
    return { why: `The shell ended with exit code ${exitCode}`, hint: 'Reconnect for another.', expected: true };
  if (code === 1000) return { why: 'The terminal was closed', hint: 'Reconnect for another.', expected: true };
  return { ...(WORDS[code] ?? BROKEN), expected: false };
}
