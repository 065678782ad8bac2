import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  const shape =
    'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border bg-fill px-1 ' +
    'font-sans text-2xs text-text-3';
  return <kbd className={cn(shape, className)}>{children}</kbd>;
}
