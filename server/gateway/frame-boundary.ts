const CLOSE = 0x8;

/**
 * Follows WebSocket frames (RFC 6455, section 5.2) as they pass, without keeping their payload: a frame of our own may be sent
 * between two of them and nowhere else.
 */
export class FrameBoundary {
  private header: number[] = [];
  private payloadLeft = 0;
  /** Whether the side that is followed has said goodbye. */
  closed = false;

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.payloadLeft > 0) {
        const passed = Math.min(this.payloadLeft, chunk.length - at);
        this.payloadLeft -= passed;
        at += passed;
        continue;
      }
      this.header.push(chunk[at] ?? 0);
      at += 1;
      if (this.header.length === headerLength(this.header)) this.beginPayload();
    }
  }

  get isBetweenFrames(): boolean {
    return this.payloadLeft === 0 && this.header.length === 0;
  }

  private beginPayload(): void {
    const [first = 0, second = 0, ...more] = this.header;
    if ((first & 0x0f) === CLOSE) this.closed = true;
    const short = second & 0x7f;
    const extended = more.slice(0, short === 126 ? 2 : short === 127 ? 8 : 0);
    this.payloadLeft = short < 126 ? short : extended.reduce((length, byte) => length * 256 + byte, 0);
    this.header = [];
  }
}

/** A frame that ends a WebSocket with a status of RFC 6455, section 7.4, and a reason of at most 123 bytes. */
export function closeFrame(status: number, reason: string): Buffer {
  const told = Buffer.from(reason).subarray(0, 123);
  return Buffer.concat([Buffer.from([0x80 | CLOSE, told.length + 2, status >> 8, status & 0xff]), told]);
}

/** Two until the second byte is there, which tells the rest. */
function headerLength(header: number[]): number {
  if (header.length < 2) return 2;
  const second = header[1] ?? 0;
  const short = second & 0x7f;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
}
