import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { openapiDocument } from '@/lib/openapi/openapi-document';

export const GET = endpoint(async () => ok(openapiDocument()));
