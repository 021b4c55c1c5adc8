export const stopping = { why: 'This server is stopping', hint: 'Reconnect: another one answers in a moment.' };
export const noAccess = { why: 'Your access to this organization has ended', hint: 'Ask an owner or admin of it.' };
export const noMachine = {
  why: 'The machine of this sandbox does not answer any more',
  hint: 'Reconnect in a moment, or look at its state above.',
};
export const broken = {
  why: 'The connection broke off',
  hint: 'Reconnect: the sandbox goes on, its programs in this terminal do not.',
};

export const exited = (code: number) => `The shell ended with exit code ${code}`;
export const closed = 'The terminal was closed';
export const forAnother = 'Reconnect for another.';
export const tryAgain = 'Try again in a moment.';
