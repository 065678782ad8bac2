import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return <section className={cn('min-w-0 rounded-xl border bg-surface shadow-card', className)} {...rest} />;
}

/** A card's heading line, with what belongs to its right. */
export function CardHeader({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <header className="flex min-h-12 items-center gap-2 border-b px-4">
      <h2 className="min-w-0 truncate text-base font-semibold">{title}</h2>
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </header>
  );
}
