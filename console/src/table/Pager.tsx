import { integer } from '@/lib/format';
import { Button, Icon } from '@/ui';

interface PagerProps {
  page: number;
  size: number;
  shown: number;
  total: number | null;
  onPage: (page: number) => void;
}

/** "1–25 of 59", and the way to the pages before and after. */
export function Pager({ page, size, shown, total, onPage }: PagerProps) {
  const first = (page - 1) * size + 1;
  const last = first + shown - 1;
  const more = total === null ? shown === size : last < total;
  if (page === 1 && !more && shown === 0) return null;
  return (
    <nav aria-label="Pages" className="flex h-11 shrink-0 items-center justify-end gap-3 border-t px-3">
      {shown > 0 && (
        <span className="text-xs text-text-3 num">
          {integer(first)}–{integer(last)}
          {total !== null && ` of ${integer(total)}`}
        </span>
      )}
      <div className="flex gap-1">
        <Button size="sm" disabled={page === 1} onClick={() => onPage(page - 1)}>
          <Icon name="chevron-left" className="size-3.5" />
          Previous
        </Button>
        <Button size="sm" disabled={!more} onClick={() => onPage(page + 1)}>
          Next
          <Icon name="chevron-right" className="size-3.5" />
        </Button>
      </div>
    </nav>
  );
}
