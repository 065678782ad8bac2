import { useLayoutEffect } from 'react';
import type { Theme } from '@/api/types/ui';

/** Gives the whole document an app's colour: on <html>, because popups render outside the app's own tree. */
export function useBrand(theme: Theme | null | undefined) {
  const { h, c } = theme ?? {};
  useLayoutEffect(() => {
    if (h === undefined || c === undefined) return;
    const root = document.documentElement;
    root.dataset.brand = '';
    root.style.setProperty('--brand-h', String(h));
    root.style.setProperty('--brand-c', String(c));
    return () => {
      delete root.dataset.brand;
      root.style.removeProperty('--brand-h');
      root.style.removeProperty('--brand-c');
    };
  }, [h, c]);
}
