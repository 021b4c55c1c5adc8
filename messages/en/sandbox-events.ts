export const title = 'Events of a sandbox';
export const noneTitle = 'No events';
export const noneText = 'Its machine has told of nothing yet.';

export const tableLabel = 'Events';
export const when = 'When';
export const event = 'Event';
export const details = 'Details';
export const pages = 'Pages';
export const newest = 'Newest';
export const older = 'Older';
