'use client';

export { default } from '../orgs/[org]/error';
