// Apart, as are notes and times: pages that sign somebody in load nothing of the others.
export const title = 'Colour theme';
export const light = 'Light';
export const dark = 'Dark';
export const system = 'Follow the system';
