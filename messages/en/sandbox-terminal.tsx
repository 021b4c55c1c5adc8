import type { ReactNode } from 'react';

export const title = 'Terminal of a sandbox';
export const sectionLabel = 'Terminal';
export const keys = (key: (name: string) => ReactNode) => <>Tab goes to the shell; {key('Ctrl+M')} leaves the terminal.</>;
export const connected = 'Connected';
export const connecting = 'Connecting…';
export const reconnect = 'Reconnect';
