'use client';

import { type Ref, useEffect, useRef, useState } from 'react';

interface EarlyTyping {
  value: string;
  onValue: (value: string) => void;
  ref?: Ref<HTMLInputElement> | undefined;
}

/**
 * Props of a controlled input that keeps what somebody typed before the page's script arrived. React empties a controlled input when it takes
 * over, and leaves one with a default value alone: the text is taken from there once, and the input follows `value` from then on.
 */
export function useEarlyTyping({ value, onValue, ref }: EarlyTyping) {
  const input = useRef<HTMLInputElement>(null);
  const [first] = useState(value);
  const seen = useRef<string | null>(null);

  useEffect(() => {
    const element = input.current;
    if (!element || seen.current === value) return;
    const arrives = seen.current === null;
    seen.current = value;
    if (element.value === value) return;
    if (arrives) onValue(element.value);
    else element.value = value;
  }, [value, onValue]);

  function hold(element: HTMLInputElement | null) {
    input.current = element;
    if (typeof ref === 'function') ref(element);
    else if (ref) ref.current = element;
  }

  return { ref: hold, defaultValue: first, onChange: (event: { target: HTMLInputElement }) => onValue(event.target.value) };
}
