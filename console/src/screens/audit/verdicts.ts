import type { Verdict } from '@/api/types/admin';
import type { Tone } from '@/ui';

export const verdicts: Record<Verdict, { tone: Tone; icon: string; word: string }> = {
  allow: { tone: 'ok', icon: 'check-circle', word: 'Allowed' },
  deny: { tone: 'bad', icon: 'x-circle', word: 'Denied' },
  ask: { tone: 'warn', icon: 'hand', word: 'Held' },
  audit: { tone: 'info', icon: 'scroll-text', word: 'Noted' },
  transform: { tone: 'info', icon: 'pencil', word: 'Changed' },
};
