/** Of every page. */
export const description = 'Organizations, people and tokens in front of your sandboxes.';
