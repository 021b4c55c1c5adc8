export const title = 'Templates';
export const description = 'What sandboxes start from: yours, and those everybody on this server has.';

export const noneTitle = 'No templates';
export const noneText = 'No machine offers one yet. Build the first below.';

export const template = 'Template';
export const whose = 'Whose';
export const size = 'Size';
export const onDisk = 'On disk';
export const yours = 'yours';
export const everybodys = 'everybody’s';
export const start = 'Start';
export const startFrom = (name: string) => `Start a sandbox from ${name}`;
export const removeHint = 'Sandboxes that run go on; none can be started from it any more.';

export const builds = 'Builds';
export const lookAgain = 'Look again';
export const state = 'State';
export const started = 'Started';
export const buildStates: Record<string, string> = { running: 'running', done: 'done', failed: 'failed' };

export const buildTitle = 'Build one';
export const buildHint = 'From a Dockerfile with the SDK, or from the archive of a file system.';
export const copyJavaScript = 'Copy the JavaScript lines';
export const copyCurl = 'Copy the curl line';
