import type { ReactNode } from 'react';

export const title = 'Sandboxes';
export const description = (org: string) => `Where code of ${org} runs, each apart from the others.`;
export const pages = 'Pages';
export const older = 'Older';

export const state = 'State';
export const all = 'all';
export const searchLabel = 'Search by id or template';
export const searchExample = 'Id or template';
export const search = 'Search';
export const nothingFound = 'No such sandboxes';
export const showAll = 'Show all';

export const sandbox = 'Sandbox';
export const size = 'Size';
export const machine = 'Machine';
export const boot = 'Boot';
export const created = 'Created';

export const noneTitle = 'No sandboxes';
export const noneText = 'Make one here, or from a program with an API token.';
export const copyCurl = 'Copy the curl line';
export const copyEnvironment = 'Copy the environment';
export const copyJavaScript = 'Copy the JavaScript lines';
export const tokensAreUnder = (link: (text: string) => ReactNode) => <>Tokens are made under {link('API tokens')}.</>;
