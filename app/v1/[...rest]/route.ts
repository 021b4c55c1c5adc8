import { unknownPath } from '@/lib/http/endpoint';

/** Every path of /v1 that no other file serves. */
export const GET = unknownPath;
export const POST = unknownPath;
export const PUT = unknownPath;
export const PATCH = unknownPath;
export const DELETE = unknownPath;
