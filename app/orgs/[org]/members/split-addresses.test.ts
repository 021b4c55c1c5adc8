import { expect, it } from 'vitest';
import { splitAddresses } from './split-addresses';

it('reads pasted addresses however they are set apart, each once', () =>
  expect(splitAddresses(' a@x.test, b@x.test;c@x.test\nb@x.test ')).toEqual(['a@x.test', 'b@x.test', 'c@x.test']));

it('finds none in nothing', () => expect(splitAddresses(' \n')).toEqual([]));
