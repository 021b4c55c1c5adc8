import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeFrame, FrameBoundary } from './frame-boundary';

/** Lengths on both sides of where the header of a frame grows. */
const payload = fc
  .oneof(fc.nat(130), fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_000))
  .map((length) => Buffer.alloc(length, 0x88));
const frame = fc
  .record({ data: payload, isMasked: fc.boolean(), opcode: fc.constantFrom(0, 1, 2, 9, 10) })
  .map(({ data, isMasked, opcode }) => Buffer.concat([headOf(data.length, isMasked, opcode), data]));

function headOf(length: number, isMasked: boolean, opcode: number): Buffer {
  const extended = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8);
  if (extended.length > 0) extended.writeUIntBE(length, Math.max(0, extended.length - 6), Math.min(6, extended.length));
  const short = length < 126 ? length : length < 65_536 ? 126 : 127;
  const mask = Buffer.alloc(isMasked ? 4 : 0, 0x88);
  return Buffer.concat([Buffer.from([0x80 | opcode, (isMasked ? 0x80 : 0) | short]), extended, mask]);
}

test('the boundary of frames is found however the bytes are split', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 40_000 })), (frames, cuts) => {
      const bytes = Buffer.concat(frames);
      const ends = new Set([0]);
      for (const { length } of frames) ends.add(Math.max(...ends) + length);
      const boundary = new FrameBoundary();
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        boundary.push(bytes.subarray(at, at + cut));
        at = Math.min(at + cut, bytes.length);
        expect(boundary.isBetweenFrames).toBe(ends.has(at));
      }
      expect(boundary.closed).toBe(false);
    }),
  );
});

test('a goodbye is seen when it comes byte by byte, and not within a payload', () => {
  const boundary = new FrameBoundary();
  for (const byte of Buffer.concat([Buffer.from([0x82, 2, 0x88, 0x88]), closeFrame(1001, 'x'.repeat(200))])) {
    boundary.push(Buffer.from([byte]));
  }
  expect([boundary.closed, boundary.isBetweenFrames]).toEqual([true, true]);
});
