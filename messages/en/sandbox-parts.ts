export const copyId = 'Copy the sandbox’s id';

export const states: Record<string, string> = {
  creating: 'creating',
  running: 'running',
  paused: 'paused',
  hibernated: 'hibernated',
  failed: 'failed',
};
export const unknownState = 'unknown';
export const away = 'no sign of life';
export const awayHint = (state: string) => `It was ${state}. Its machine has not been heard of for a while.`;

export const actions = {
  pause: 'Pause',
  resume: 'Resume',
  hibernate: 'Hibernate',
  wake: 'Wake',
  snapshot: 'Take a snapshot',
  fork: 'Fork',
};
export const done = {
  pause: 'Paused',
  resume: 'Resumed',
  hibernate: 'Hibernated: it takes no machine until it wakes',
  wake: 'Awake again',
  snapshot: 'Snapshot taken',
  fork: 'Forked',
};
export const showSnapshots = 'Show';
export const openFork = 'Open the fork';

export const more = (id: string) => `More for the sandbox ${id}`;
export const changeLifetime = 'How long it lives…';
export const askEnd = 'End…';
export const endTitle = 'End this sandbox?';
export const endHint = 'Its programs stop and its files are deleted. Snapshots and volumes stay. This cannot be undone.';
export const end = 'End sandbox';
export const ended = 'The sandbox has ended';

export const lifetimeTitle = 'How long it lives';
export const lifetimeHint = 'Idle is a sandbox of which nothing was asked: no command, no file, no terminal.';
export const lifetimeOf = 'This sandbox';
export const otherLifetime = (duration: string) => `Ends after ${duration} idle`;
export const cancel = 'Cancel';
export const save = 'Save';
export const nowKept = 'It is kept until somebody ends it';
export const nowEnds = 'It ends by itself when it lies idle';

export const stillAsking = (hint: string | undefined) =>
  `What stands here is what was last heard. This page goes on asking. ${hint ?? ''}`;
export const accessEnded = 'Your access to this page has ended';
export const accessEndedHint = 'Load it again to sign in.';
export const unreachable = 'The server could not be reached';
export const unreachableHint = 'Check your connection.';
