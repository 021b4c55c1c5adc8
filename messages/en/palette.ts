import type { Command } from '@/app/orgs/_parts/commands/command';
import type { SingleAct } from '@/app/orgs/_parts/commands/shortcuts';
import { plural } from '../plural';

export const search = 'Search';
export const placeholder = 'Search pages, people, sandboxes, actions';
export const close = 'Close';
export const results = 'Results';
export const recent = 'Recent';
export const groups: Record<Command['group'], string> = {
  pages: 'Pages',
  actions: 'Actions',
  organizations: 'Organizations',
  members: 'Members',
  sandboxes: 'Sandboxes',
};

export const searching = 'Searching members and sandboxes …';
export const nothing = (query: string) => `Nothing is called “${query}” here`;
export const found = (count: number) => plural(count, { other: '# found' });
export const membersFailed = (message: string) => `Members could not be searched. ${message}.`;
export const sandboxesFailed = (message: string) => `Sandboxes could not be searched. ${message}.`;

export const shortcuts = 'Keyboard shortcuts';
export const everywhere = 'Everywhere';
export const searchAndRun = 'Search and run commands';
export const acts: Record<SingleAct, string> = {
  help: 'Show the keyboard shortcuts',
  filter: 'Filter this page, or search',
  create: 'Create what this page lists',
  'next-row': 'Next row',
  'previous-row': 'Previous row',
};
export const goTo = 'Go to';
export const singleKeys = 'Keys without a modifier';
export const singleKeysHint = 'Off where a single key may be pressed by accident, as with speech input. Kept in this browser.';
