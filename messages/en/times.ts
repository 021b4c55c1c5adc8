export const inAMoment = 'in a moment';
export const justNow = 'just now';
