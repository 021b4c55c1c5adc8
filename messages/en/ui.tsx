import type { ReactNode } from 'react';

type Within = (text: string) => ReactNode;

export const product = 'PandaStack';
export const home = 'PandaStack, home';
export const skip = 'Skip to the content';
export const main = 'Main';
export const navigation = 'Navigation';
export const openNavigation = 'Open the navigation';
export const closeNavigation = 'Close the navigation';
export const search = 'Search';
/** As keyboards have it where there is no ⌘. */
export const controlKey = 'Ctrl';

export const accountOf = (spoken: Within, email: ReactNode) => (
  <>
    {spoken('Account of ')}
    {email}
  </>
);
export const signedInAs = (who: ReactNode) => <>Signed in as{who}</>;
export const copyUserId = 'Copy my user id';
export const account = 'Account';
export const apiReference = 'API reference';
export const signOut = (aside: Within) => <>Sign out {aside('this browser')}</>;

export const organization = (spoken: Within, name: ReactNode) => (
  <>
    {spoken('Organization ')}
    {name}
  </>
);
export const chooseOrganization = 'Choose an organization';
export const organizations = 'Organizations';
export const newOrganization = 'New organization';

export const stubMode = 'Stub mode';
export const stubNote = (strong: Within, wide: Within, who: string) => (
  <>
    {strong('Stub mode.')} {wide(`Everybody is ${who}; no password is asked. `)}Never for production.
  </>
);
export const stubPerson = 'the local developer';

export const cancel = 'Cancel';
export const close = 'Close';
export const menu = 'Menu';
export const actions = 'Actions';
export const typeToConfirm = (what: ReactNode) => <>Type {what} to confirm</>;
export const failed = 'That did not work';

export const notifications = 'Notifications';
export const closeNotification = 'Close toast';

export const copied = 'Copied';
export const copyRefused = 'The browser did not allow copying';
export const copyByHand = 'Select the text and copy it by hand.';

export const timeRange = 'Time range';
export const from = 'From';
export const to = 'To';
export const show = 'Show';

/** Said of a chart until a moment of it is pointed at. */
export const chartHint = 'The arrow keys read out its moments';
export const chartReading = (moment: string, readings: { label: string; value: string }[]) =>
  `${moment}: ${readings.map(({ label, value }) => `${label} ${value}`).join(', ')}`;

export const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
export const bytes = (number: string, unit: string) => `${number} ${unit}`;
export const milliseconds = (number: string) => `${number}\u00a0ms`;
export const seconds = (number: string) => `${number}\u00a0s`;
export const percent = (number: string) => `${number}\u00a0%`;
export const shortHours = (number: string) => `${number}\u00a0h`;
export const hours = (number: string) => `${number} h`;
export const shortGibHours = (number: string) => `${number}\u00a0GiB\u00a0h`;
export const gibHours = (number: string) => `${number} GiB\u00a0h`;
