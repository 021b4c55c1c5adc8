export const title = 'Sandbox';
export const toSandboxes = '← Sandboxes';
export const hasEnded = 'ended';

export const tabsLabel = 'Sandbox';
export const tabs = {
  overview: 'Overview',
  terminal: 'Terminal',
  files: 'Files',
  logs: 'Logs',
  events: 'Events',
  metrics: 'Metrics',
};

export const facts = 'Facts';
export const template = 'Template';
export const size = 'Size';
export const created = 'Created';
export const boot = 'Boot';
export const bootOfKind = (time: string, kind: string) => `${time}, ${kind}`;
export const lifetime = 'Lifetime';
export const machine = 'Machine';
export const machineAway = 'not heard of for a while';
export const madeFrom = 'Made from';
export const itsTemplate = 'its template';

export const metadata = 'Metadata';
export const noMetadata = 'None was given';

export const endedTitle = 'This sandbox has ended';
export const endedText = 'Its files are gone. What happened to it and what it used can still be seen.';
export const itsEvents = 'Its events';

export const notRunning: Record<string, { title: string; text: string }> = {
  paused: { title: 'The sandbox is paused', text: 'Resume it above; then it answers here.' },
  hibernated: { title: 'The sandbox is hibernated', text: 'Wake it above; it goes on with its files.' },
  failed: { title: 'The sandbox has failed', text: 'Its machine gave it up. Its events say more.' },
  creating: { title: 'The sandbox is starting', text: 'This page goes on by itself when it runs.' },
};
export const noAnswer = {
  title: 'No machine answers for it',
  text: 'It has not been heard of for a while. This page goes on by itself when it is.',
};
