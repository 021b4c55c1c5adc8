import { expect } from '@playwright/test';
import { chooses, holds, opens, opensMenu, type Scene, settled } from './scene';
import type { TourWorld } from './tour-world';

const list =
  (path = '') =>
  (world: TourWorld) =>
    `${world.org}/${path}`;
const tab =
  (path = '') =>
  (world: TourWorld) =>
    `${world.org}/sandboxes/${world.sandboxes.running}${path}`;

const MORE = /^More for the sandbox/;

export const SANDBOX_SCENES: Scene[] = [
  { name: 'sandboxes-empty', as: 'ada', at: '/orgs/panda-labs/sandboxes' },
  { name: 'sandboxes', as: 'ada', at: list('sandboxes') },
  { name: 'sandboxes-none-of-state', as: 'ada', at: list('sandboxes?status=failed') },
  {
    name: 'new-sandbox',
    as: 'ada',
    at: list('sandboxes'),
    act: opens('New sandbox', (dialog) => expect(dialog.getByLabel('Template')).toBeEnabled()),
  },
  {
    name: 'new-sandbox-wrong-metadata',
    as: 'ada',
    at: list('sandboxes'),
    act: opens('New sandbox', async (dialog) => {
      await dialog.getByLabel('Metadata').fill('no pair');
      await expect(dialog.getByText('is no name=value')).toBeVisible();
    }),
  },
  { name: 'menu-sandbox', as: 'ada', at: list('sandboxes'), act: opensMenu(MORE) },
  { name: 'sandbox-lifetime', as: 'ada', at: tab(), act: chooses(MORE, 'How long it lives…') },
  { name: 'end-sandbox', as: 'ada', at: tab(), act: chooses(MORE, 'End…') },
  { name: 'sandbox', as: 'ada', at: tab(), act: settled },
  {
    name: 'sandbox-terminal',
    as: 'ada',
    at: tab('/terminal'),
    act: (page) => expect(page.getByText('Connected')).toBeVisible(),
  },
  {
    name: 'sandbox-files',
    as: 'ada',
    at: tab('/files'),
    act: (page) => expect(page.getByRole('link', { name: 'results.txt' })).toBeVisible(),
  },
  { name: 'sandbox-files-loading', as: 'ada', at: tab('/files'), before: holds('**/v1/sandboxes/*/fs/**') },
  {
    name: 'delete-file',
    as: 'ada',
    at: tab('/files'),
    act: opens('Delete results.txt'),
  },
  {
    name: 'sandbox-file',
    as: 'ada',
    at: tab('/files'),
    act: async (page) => {
      await page.getByRole('link', { name: 'results.txt' }).click();
      await expect(page.getByText('loss 0.0312')).toBeVisible();
    },
  },
  { name: 'sandbox-logs', as: 'ada', at: tab('/logs'), act: (page) => expect(page.getByText('Following')).toBeVisible() },
  {
    name: 'sandbox-events',
    as: 'ada',
    at: tab('/events'),
    act: (page) => expect(page.getByRole('table', { name: 'Events' })).toContainText('running'),
  },
  { name: 'sandbox-metrics', as: 'ada', at: tab('/metrics'), act: settled },
  { name: 'sandbox-ended', as: 'ada', at: ({ org, sandboxes }) => `${org}/sandboxes/${sandboxes.ended}` },
  { name: 'templates', as: 'ada', at: list('templates'), act: settled },
  { name: 'templates-loading', as: 'ada', at: list('templates'), before: holds('**/v1/templates*') },
  { name: 'snapshots', as: 'ada', at: list('snapshots'), act: settled },
  { name: 'delete-snapshot', as: 'ada', at: list('snapshots'), act: opens(/^Delete the snapshot/) },
  { name: 'snapshots-empty', as: 'ada', at: '/orgs/panda-labs/snapshots', act: settled },
  { name: 'volumes', as: 'ada', at: list('volumes'), act: settled },
  { name: 'volumes-empty', as: 'ada', at: '/orgs/panda-labs/volumes', act: settled },
  { name: 'new-volume', as: 'ada', at: list('volumes'), act: opens('New volume') },
  {
    name: 'delete-volume-typed-wrong',
    as: 'ada',
    at: list('volumes'),
    act: opens('Delete the volume cache', (dialog) => dialog.getByRole('textbox').fill('cach')),
  },
];
