import { Box } from 'lucide-react';
import { cn } from '@/lib/cn';
import { icons } from './icons';

export function Icon({ name, className }: { name: string; className?: string | undefined }) {
  const Glyph = icons[name] ?? Box;
  return <Glyph className={cn('size-4 shrink-0', className)} strokeWidth={1.75} aria-hidden />;
}
