export const title = 'Metrics of a sandbox';

export const cpu = 'CPU';
export const memory = 'Memory';
export const disk = 'Disk';
export const network = 'Network';
export const meanHint = 'The mean of each step.';
export const rateHint = 'Bytes a second.';
export const bytesRead = 'Read';
export const bytesWritten = 'Written';
export const bytesIn = 'In';
export const bytesOut = 'Out';
export const noReadings = 'No readings in this range';

export const boots = 'Boots';
export const bootsHint = 'The last ones, whatever the range.';
export const noBoots = 'No boot of this sandbox was reported';
export const when = 'When';
export const template = 'Template';
export const kind = 'Kind';
export const snapshot = 'Snapshot';
export const time = 'Time';
