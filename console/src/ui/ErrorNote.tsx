import { explain } from '@/api/ApiError';
import { Icon } from './Icon';

/** A refused action, above what was sent. */
export function ErrorNote({ error }: { error: unknown }) {
  const { title, detail } = explain(error);
  return (
    <div role="alert" className="flex gap-2.5 rounded-lg bg-bad-soft px-3 py-2.5 text-bad-text">
      <Icon name="alert-triangle" className="mt-0.5" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {detail && <p className="text-xs">{detail}</p>}
      </div>
    </div>
  );
}
