export const pageTitle = 'Not found';
export const title = 'Nothing to see here';
export const description = 'The page does not exist, or it belongs to an organization you are not a member of.';
export const toMyOrganization = 'Go to my organization';
