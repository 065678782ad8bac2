import { useRef } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { isInPopup, isTyping, useKeyDown } from '@/lib/keys';
import { useNavigation } from './useNavigation';

const SEQUENCE_MS = 900;

/** ⌘K opens the palette; G and then a letter goes to a screen. */
export function useShortcuts(togglePalette: () => void) {
  const navigate = useNavigate();
  const { sections } = useNavigation();
  const startedAt = useRef(0);

  useKeyDown((event) => {
    const key = event.key.toLowerCase();
    if ((event.metaKey || event.ctrlKey) && key === 'k') {
      event.preventDefault();
      togglePalette();
      return;
    }
    if (isTyping(event) || isInPopup(event) || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.timeStamp - startedAt.current < SEQUENCE_MS) {
      startedAt.current = 0;
      const entry = sections.flatMap((section) => section.entries).find((candidate) => candidate.key === key);
      if (!entry) return;
      event.preventDefault();
      void navigate({ to: entry.to });
    } else if (key === 'g') {
      startedAt.current = event.timeStamp;
    }
  });
}
