import type { ObjectChange } from '@/api/types/admin';
import { Card, CardHeader, Time } from '@/ui';

/** When the object went live with other code, the newest first. */
export function Changes({ changes }: { changes: ObjectChange[] }) {
  return (
    <Card>
      <CardHeader title="Changes">
        <span className="text-xs text-text-3 num">{changes.length}</span>
      </CardHeader>
      {changes.length === 0 && <p className="p-4 text-text-3">No change was entered yet.</p>}
      <ul className="max-h-72 divide-y overflow-y-auto">
        {changes.map((change) => (
          <li key={change.changed_at} className="flex items-center gap-2 px-4 py-2">
            <span className="flex-1">{change.change_type}</span>
            <span className="font-mono text-xs text-text-3">{change.new_hash?.slice(0, 8)}</span>
            <span className="text-xs text-text-2">
              <Time at={change.changed_at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
