import { request } from 'node:http';
import type { Person } from '@/e2e/support/test-people';

/** A request whose body is half there; `finish` sends the rest and resolves to the status of its answer. */
export async function halfSent(url: string, { token }: Person): Promise<{ finish: () => Promise<number> }> {
  const body = JSON.stringify({ name: 'Uploaded' });
  const sending = request(`${url}/v1/orgs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': body.length },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sending.on('error', reject);
    sending.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)));
  });
  answered.catch(() => {});
  await new Promise<void>((resolve) => sending.write(body.slice(0, 5), () => resolve()));
  return {
    finish: () => {
      sending.end(body.slice(5));
      return answered;
    },
  };
}
