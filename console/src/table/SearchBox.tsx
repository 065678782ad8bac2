import { useEffect, useRef, useState } from 'react';
import { isInPopup, isTyping, useKeyDown } from '@/lib/keys';
import { useDebounced } from '@/lib/useDebounced';
import { Icon, Kbd } from '@/ui';

const SETTLE_MS = 250;

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Asks the server once the typing rests. The slash key comes here from anywhere on the page. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed, SETTLE_MS);
  const sent = useRef(value);

  // Only a text that has just come to rest is sent: not whenever the handler happens to be another one.
  useEffect(() => {
    if (settled === sent.current) return;
    sent.current = settled;
    onChange(settled);
  }, [settled]);

  // Back, Forward and links change the value from outside: the box follows.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setTyped(value);
  }, [value]);

  useKeyDown((event) => {
    if (event.key !== '/' || isTyping(event) || isInPopup(event) || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    input.current?.focus();
    input.current?.select();
  });

  return (
    <div
      className="flex h-8 w-full items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2
        focus-within:border-accent sm:w-64"
    >
      <Icon name="search" className="size-3.5 text-text-3" />
      <input
        ref={input}
        type="search"
        value={typed}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        className="min-w-0 flex-1 bg-transparent outline-none"
      />
      <Kbd className="hidden sm:inline-flex">/</Kbd>
    </div>
  );
}
