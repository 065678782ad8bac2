import { createContext } from 'react';

/** Where the open record is shown: beside the page that holds the table. */
export const DrawerSlotContext = createContext<HTMLElement | null>(null);
