import { useEffect } from 'react';

/** Sets the document's title: the most specific part first. */
export function useTitle(...parts: (string | undefined)[]) {
  const title = [...parts.filter(Boolean), 'AppOS'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
