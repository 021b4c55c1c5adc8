import type { Server } from 'node:http';

interface Address {
  hostname: string;
  port: number;
}

/** An address that this process does not get. Names the variable that chose it. */
export class CannotListen extends Error {
  constructor(variable: string, { hostname, port }: Address, cause: NodeJS.ErrnoException) {
    super(`${variable}: ${explain(cause, hostname, port)}: choose another with ${variable}=…`, { cause });
    this.name = 'CannotListen';
  }
}

function explain({ code }: NodeJS.ErrnoException, hostname: string, port: number): string {
  if (code === 'EADDRINUSE') return `${port} is taken by another program`;
  if (code === 'EACCES') return `${port} needs more rights than this process has`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${hostname} is no address of this machine`;
  return `${hostname}:${port} cannot be listened on (${code})`;
}

/** Resolves once the server takes connections there. Throws CannotListen. */
export function listen(server: Server, { hostname, port }: Address, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new CannotListen(variable, { hostname, port }, cause)));
    server.listen(port, hostname, () => resolve());
  });
}
