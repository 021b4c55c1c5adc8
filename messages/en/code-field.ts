export const format = 'The digits of the code';
