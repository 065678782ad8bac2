import { cva } from 'class-variance-authority';

/** The look of a button, for links that act like one too. */
export const buttonStyle = cva(
  'inline-flex h-(--ctl) shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 text-sm font-medium ' +
    'whitespace-nowrap transition-colors duration-100 select-none disabled:pointer-events-none disabled:opacity-50',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-accent-fg shadow-[inset_0_1px_0_#fff2] hover:bg-accent-hover',
        default: 'border-line-strong/80 bg-raised text-text shadow-card hover:bg-fill dark:border-line-strong',
        ghost: 'border-transparent bg-transparent text-text-2 hover:bg-fill hover:text-text',
        danger: 'border-transparent bg-[oklch(0.53_0.19_26)] text-white hover:bg-[oklch(0.48_0.18_26)]',
        soft: 'border-transparent bg-accent-soft text-accent-text hover:bg-accent-soft-2',
      },
      icon: { true: 'w-(--ctl) px-0', false: '' },
      size: { sm: 'h-7 px-2 text-xs', md: '', lg: 'h-10 px-4 text-base' },
    },
    compoundVariants: [{ icon: true, size: 'sm', class: 'w-7 px-0' }],
    defaultVariants: { variant: 'default', icon: false, size: 'md' },
  },
);
