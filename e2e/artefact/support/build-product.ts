import { buildProduct } from '../../../dev/build';

/** The product of these very sources, before any test looks at it. */
export default async function build(): Promise<void> {
  await buildProduct();
}
