import { language } from '@/messages/language';

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const rules = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/** A count with its noun, in the form the language has for it (Unicode CLDR, plural rules); `#` in a form is the number itself. */
export function plural(count: number, forms: Forms): string {
  return (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}
