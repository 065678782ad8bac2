/** The look of every box one can type or choose in. */
export const fieldStyle =
  'flex h-(--ctl) w-full items-center rounded-md border border-line-strong bg-raised px-2.5 text-sm shadow-card ' +
  'outline-none transition-colors focus:border-accent focus-within:border-accent focus-visible:outline-2 ' +
  'focus-visible:-outline-offset-1 focus-visible:outline-accent aria-invalid:border-bad has-aria-invalid:border-bad ' +
  'disabled:bg-fill disabled:text-text-3 dark:shadow-none';

export const popupStyle =
  'max-h-72 min-w-(--anchor-width) max-w-[min(28rem,90vw)] overflow-y-auto rounded-lg bg-raised p-1 ' +
  'shadow-pop outline-none';

export const optionStyle =
  'flex min-h-8 items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-highlighted:bg-fill';
