import type { RefObject } from 'react';
import { isInPopup, isTyping, useKeyDown } from '@/lib/keys';

/** J and K move through the rows by moving the focus from link to link; Enter is the link's own. */
export function useRowKeys(body: RefObject<HTMLElement | null>) {
  useKeyDown((event) => {
    if (isTyping(event) || isInPopup(event) || event.metaKey || event.ctrlKey || event.altKey) return;
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    if (step === 0 || !body.current) return;
    const links = [...body.current.querySelectorAll<HTMLElement>('tr > td:first-child > a')];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const next = at < 0 ? links[step > 0 ? 0 : links.length - 1] : links[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  });
}
