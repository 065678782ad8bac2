import { createContext } from 'react';

/** The id of the page's first table. */
export const FirstTableContext = createContext<string | undefined>(undefined);
