import { NextRequest } from 'next/server';

interface Sent {
  cookies?: { name: string; value: string }[];
  headers?: Record<string, string>;
  form?: Record<string, string>;
}

// The address is that of the container: what a proxy in front says must not matter.
export function pageRequest(path: string, { cookies = [], headers = {}, form }: Sent = {}): NextRequest {
  const cookie = cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  return new NextRequest(`http://0.0.0.0:3000${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { cookie, ...headers },
    body: form ? new URLSearchParams(form) : undefined,
  });
}
