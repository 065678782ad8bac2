import { useEffect, useRef } from 'react';

/** Whether the user is writing somewhere: single-letter shortcuts must stay silent then. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return target instanceof HTMLElement && target.closest('input,textarea,select,[contenteditable=true]') !== null;
}

/** Whether a dialog or menu is open that the key belongs to. */
export function isInPopup(event: KeyboardEvent): boolean {
  const target = event.target;
  return target instanceof HTMLElement && target.closest('[role=dialog],[role=alertdialog],[role=menu]') !== null;
}

/** Listens to the whole document's keys with the latest handler. */
export function useKeyDown(handler: (event: KeyboardEvent) => void) {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
export const modKey = isMac ? '⌘' : 'Ctrl';
