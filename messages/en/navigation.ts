export const overview = 'Overview';
export const sandboxes = 'Sandboxes';
export const templates = 'Templates';
export const snapshots = 'Snapshots';
export const volumes = 'Volumes';
export const observability = 'Observability';
export const usage = 'Usage';
export const members = 'Members';
export const tokens = 'API tokens';
export const audit = 'Audit log';
export const settings = 'Settings';
export const reference = 'API reference';
export const doctor = 'Doctor';
export const agents = 'Agents';

export const notMadeCurrent = (org: string) => `${org} could not be made your current organization`;
