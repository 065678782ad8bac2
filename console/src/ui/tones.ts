export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'neutral' | 'accent';

export const softTone: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok-text',
  warn: 'bg-warn-soft text-warn-text',
  bad: 'bg-bad-soft text-bad-text',
  info: 'bg-info-soft text-info-text',
  neutral: 'bg-fill-2/70 text-text-2',
  accent: 'bg-accent-soft text-accent-text',
};

export const solidTone: Record<Tone, string> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  info: 'bg-info',
  neutral: 'bg-text-3',
  accent: 'bg-accent',
};

/** A tone named by the server; an unknown name is neutral. */
export const toneOf = (name: string | undefined): Tone =>
  name !== undefined && name in softTone ? (name as Tone) : 'neutral';
