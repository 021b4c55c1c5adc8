export const title = 'API reference';

export const loading = 'Loading the reference';
export const notLoaded = 'The reference could not be loaded';
export const notLoadedHint = 'Reload the page. The contract itself is at /v1/openapi.json.';
