import { useNavigate } from '@tanstack/react-router';
import { toggleTheme, useTheme } from '@/lib/theme';
import { useLogout } from './useLogout';
import { useNavigation } from './useNavigation';

export interface Command {
  value: string;
  label: string;
  icon: string;
  keys?: string[];
  run: () => void;
}

export interface CommandGroup {
  value: string;
  items: Command[];
}

/** What the palette offers: the real navigation, and the few acts that are always there. */
export function useCommands(): CommandGroup[] {
  const navigate = useNavigate();
  const theme = useTheme();
  const logout = useLogout();
  const { sections } = useNavigation();

  const places = sections.map((section) => ({
    value: section.title ?? 'Go to',
    items: section.entries.map((entry) => ({
      value: entry.to,
      label: entry.label,
      icon: entry.icon,
      ...(entry.key ? { keys: ['G', entry.key.toUpperCase()] } : {}),
      run: () => void navigate({ to: entry.to }),
    })),
  }));

  const acts: Command[] = [
    {
      value: 'theme',
      label: theme === 'dark' ? 'Switch to the light theme' : 'Switch to the dark theme',
      icon: theme === 'dark' ? 'sun' : 'moon',
      run: toggleTheme,
    },
    { value: 'log-out', label: 'Log out', icon: 'log-out', run: () => void logout() },
  ];
  return [...places, { value: 'Actions', items: acts }];
}
