/** The first stop of the keyboard: past the navigation. */
export function SkipLink() {
  const skip = (event: React.MouseEvent) => {
    event.preventDefault();
    document.getElementById('main')?.focus();
  };
  return (
    <a
      href="#main"
      onClick={skip}
      className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-accent
        focus:px-3 focus:py-1.5 focus:text-accent-fg"
    >
      Skip to content
    </a>
  );
}
