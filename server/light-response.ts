import { getRequestListener } from '@hono/node-server';

/**
 * What `new Response()` means inside the bundle of server.ts (dev/build/bundle-server.ts injects it): the adapter's own class, which
 * is written to the socket without the streams of a real one. It is worth a quarter of the time of a request. The adapter would put
 * it on globalThis, where Next and fetch would meet it; so it is taken from there and the original put back.
 */
const original = Object.getOwnPropertyDescriptors({ Request: globalThis.Request, Response: globalThis.Response });
getRequestListener(() => globalThis.Response.error());
const AdapterResponse = globalThis.Response;
Object.defineProperties(globalThis, original);
const NativeResponse = globalThis.Response;

class LightResponse extends AdapterResponse {
  /** An answer of fetch() is a Response too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof NativeResponse;
  }
}

export { LightResponse as Response };
