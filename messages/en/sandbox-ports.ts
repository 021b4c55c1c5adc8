export const title = 'Ports';
export const description = 'Where programs in it listen; called with an API token.';
export const toldLater = 'Told while the sandbox runs';
export const none = 'Nothing listens';

export const listening = 'listening';
export const quiet = 'quiet';
export const copyAddress = (port: number) => `Copy the address of port ${port}`;
export const forget = (port: number) => `Forget port ${port}`;

export const port = 'Port';
export const portExample = '8080';
export const label = 'Label';
export const add = 'Add';
