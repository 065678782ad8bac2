import { cn } from '@/lib/cn';
import { solidTone, type Tone } from './tones';

interface MeterProps {
  /** The share used, 0 to 1; more shows as full. */
  value: number;
  label: string;
  tone?: Tone;
  className?: string;
}

export function Meter({ value, label, tone = 'accent', className }: MeterProps) {
  const share = Math.max(0, Math.min(1, value)) * 100;
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuenow={Math.round(share)}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn('h-1.5 overflow-hidden rounded-full bg-fill-2', className)}
    >
      <div className={cn('h-full rounded-full', solidTone[tone])} style={{ width: `${share}%` }} />
    </div>
  );
}
