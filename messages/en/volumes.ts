export const title = 'Volumes';
export const description = 'Disks that outlive sandboxes; attached by name when one is made.';

export const noneTitle = 'No volumes';
export const noneText = 'A volume keeps files from one sandbox to the next.';

export const volume = 'Volume';
export const size = 'Size';
export const removeHint = 'Its files are gone for every sandbox.';

export const createTitle = 'New volume';
export const createHint = 'It lies on one machine, and sandboxes that use it start there.';
export const name = 'Name';
export const nameExample = 'cache';
export const nameRule = 'Letters, digits, dots, hyphens and underscores';
export const nameHint = 'Sandboxes find it under this name.';
export const sizes = { 256: '256 MiB', 1024: '1 GiB', 10240: '10 GiB', 65536: '64 GiB' };
export const cancel = 'Cancel';
export const create = 'Create volume';
export const created = (volumeName: string) => `The volume ${volumeName} is there`;
