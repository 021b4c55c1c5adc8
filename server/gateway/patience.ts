/** How long the gateway waits for whom, in milliseconds; then it says so and lets go. */
export const patience = {
  /** For a connection to an agent. */
  connect: 3_000,
  /** For a sandbox to start, or an image to arrive: the answer to what changes what there is. */
  change: 10 * 60_000,
  /** For the answer to what only reads. */
  read: 120_000,
  /** For a command, which holds its answer until it ends. */
  command: 2 * 3_600_000,
  /** For an agent that is asked beside many, to the end of its answer: one that is stuck must not hold up the rest. */
  poll: 10_000,
  /** For the agent's half of the opening of a WebSocket. */
  handshake: 30_000,
  /** For the next bytes of an answer that has begun and is no stream of events: it goes on, or its agent is stuck. */
  answerSilence: 120_000,
  /** The same where it is read whole before it is passed on. */
  wholeSilence: 60_000,
  /** For the next bytes of a body that has begun: it goes on, or its sender is gone, or its agent does not take it. */
  bodySilence: 60_000,
  /** For a reader to take what it was sent. */
  unread: 10 * 60_000,
  /** For a sender to hear a refusal, while what it still sends is dropped: a connection closed under it may lose the refusal. */
  linger: 2_000,
  /** For the other side's own goodbye on a WebSocket. */
  goodbye: 2_000,
  /** A connection to an agent that nobody uses is kept so long. */
  idleConnection: 30_000,
  /** Between two looks whether the other side of a silent WebSocket is still there. */
  keepAlive: 30_000,
};
