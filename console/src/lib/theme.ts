import { useSyncExternalStore } from 'react';

export type ThemeName = 'light' | 'dark';

const KEY = 'theme';
const listeners = new Set<() => void>();
const system = matchMedia('(prefers-color-scheme: dark)');

function remembered(): ThemeName | null {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : null;
}

/** The user's choice, or what the system asks for until there is one. */
function current(): ThemeName {
  return remembered() ?? (system.matches ? 'dark' : 'light');
}

function apply() {
  document.documentElement.dataset.theme = current();
  listeners.forEach((listener) => listener());
}

export function toggleTheme() {
  localStorage.setItem(KEY, current() === 'dark' ? 'light' : 'dark');
  apply();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTheme = () => useSyncExternalStore(subscribe, current);

system.addEventListener('change', apply);
apply();
