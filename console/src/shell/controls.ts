import { createContext, useContext } from 'react';

/** What any screen may ask of the shell. */
export interface ShellControls {
  openMenu: () => void;
  openPalette: () => void;
}

export const ShellControlsContext = createContext<ShellControls>({ openMenu: () => {}, openPalette: () => {} });

export const useShellControls = () => useContext(ShellControlsContext);
