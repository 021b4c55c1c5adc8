import { expect, test } from 'vitest';
import { readEventStream } from './read-event-stream';

async function eventsOf(...chunks: string[]) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEventStream(body)) events.push(event);
  return events;
}

test('events are read wherever the network cuts them', async () => {
  const expected = [
    { event: 'line', data: '{"line":"one"}' },
    { event: 'line', data: '{"line":"two"}' },
  ];
  const whole = 'event: line\ndata: {"line":"one"}\n\nevent: line\r\ndata: {"line":"two"}\r\n\r\n';
  for (let cut = 0; cut < whole.length; cut++) {
    expect(await eventsOf(whole.slice(0, cut), whole.slice(cut))).toEqual(expected);
  }
});

test('comments say nothing, several lines of data are one, and what has no end is no event', async () => {
  expect(await eventsOf(': keep-alive\n\ndata: a\ndata: b\n\nevent: line\ndata: cut')).toEqual([
    { event: 'message', data: 'a\nb' },
  ]);
});
