export const title = 'Snapshots';
export const description = 'Sandboxes as they were: each can be started again, any number of times.';

export const noneTitle = 'No snapshots';
export const noneText = 'A sandbox’s menu takes one: its memory and files, to start others from.';
export const toSandboxes = 'To the sandboxes';

export const snapshot = 'Snapshot';
export const takenFrom = 'Taken from';
export const machine = 'Machine';
export const taken = 'Taken';
export const copyId = 'Copy the snapshot’s id';
export const removeHint = 'Sandboxes that were started from it go on.';
export const pages = 'Pages';
export const older = 'Older';

export const start = 'Start';
export const startFrom = (id: string) => `Start a sandbox from the snapshot ${id}`;
export const started = 'The sandbox runs';
