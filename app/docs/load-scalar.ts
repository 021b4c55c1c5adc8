/** Brought to public/ by the build (dev/build/vendor-reference.ts). */
const SCRIPT = '/vendor/api-reference.js';

export interface Reference {
  updateConfiguration(configuration: object): void;
  destroy(): void;
}
interface Scalar {
  createApiReference(place: Element, configuration: object): Reference;
}

let loading: Promise<Scalar> | undefined;

/** The renderer of the API reference, fetched from our own origin when a page first needs it. Throws where it cannot be. */
export function loadScalar(): Promise<Scalar> {
  loading ??= new Promise<Scalar>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SCRIPT;
    script.onload = () => resolve((window as typeof window & { Scalar: Scalar }).Scalar);
    script.onerror = () => reject(new Error(`${SCRIPT} cannot be loaded`));
    document.head.append(script);
  }).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
