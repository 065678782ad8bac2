import { cn } from '@/lib/cn';

interface AvatarProps {
  name: string;
  square?: boolean;
  className?: string;
}

/** Initials on a colour that follows from the name. Decoration: the name stands beside it. */
export function Avatar({ name, square, className }: AvatarProps) {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const initials = name
    .split(/\s+/)
    .map((word) => word[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
  const style = {
    background: `light-dark(oklch(0.9 0.055 ${hue}), oklch(0.36 0.07 ${hue}))`,
    color: `light-dark(oklch(0.4 0.1 ${hue}), oklch(0.87 0.075 ${hue}))`,
  };
  const shape = 'inline-grid size-5 shrink-0 place-items-center text-[9.5px] font-semibold tracking-tight';
  return (
    <span className={cn(shape, square ? 'rounded-[5px]' : 'rounded-full', className)} style={style} aria-hidden>
      {initials}
    </span>
  );
}
