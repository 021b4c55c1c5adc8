/** An event of a stream (text/event-stream) whose data is JSON or text. */
export interface StreamEvent {
  event: string;
  data: string;
}

/** More than any event holds: a stream without line breaks must not fill the memory. */
const MOST_UNFINISHED = 1_048_576;

/** The events of an answer as they come, until it ends or its request is aborted. */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let unfinished = '';
  for await (const chunk of chunksOf(body)) {
    unfinished += decoder.decode(chunk, { stream: true });
    const blocks = unfinished.split(/\r?\n\r?\n/);
    unfinished = (blocks.pop() ?? '').slice(-MOST_UNFINISHED);
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) yield event;
    }
  }
}

// Streams are not iterable in every browser.
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function parseEvent(block: string): StreamEvent | undefined {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ''] = /^(\w+):\s?(.*)$/.exec(line) ?? [];
    if (name === 'event') event = value;
    if (name === 'data') data.push(value);
  }
  return data.length === 0 && event === 'message' ? undefined : { event, data: data.join('\n') };
}
