import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { Icon } from './Icon';
import { softTone, solidTone, type Tone } from './tones';

interface BadgeProps {
  tone?: Tone;
  dot?: boolean;
  live?: boolean;
  icon?: string;
  className?: string;
  children: ReactNode;
}

export function Badge({ tone = 'neutral', dot, live, icon, className, children }: BadgeProps) {
  const shape = 'inline-flex h-5 items-center gap-1.5 rounded-full px-2 text-xs font-medium whitespace-nowrap';
  return (
    <span className={cn(shape, softTone[tone], className)}>
      {dot && <span className={cn('size-1.5 rounded-full', solidTone[tone], live && 'pulse-dot')} />}
      {icon && <Icon name={icon} className={cn('-ml-0.5 size-3', live && 'animate-spin')} />}
      {children}
    </span>
  );
}
