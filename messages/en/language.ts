/** The language of this catalogue, as BCP 47 names it: for `lang`, and for everything of Intl. */
export const language = 'en';
