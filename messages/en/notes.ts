export const request = (id: string) => `request ${id}`;
