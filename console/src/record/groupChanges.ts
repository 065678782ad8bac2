import type { FieldChange } from '@/api/types/records';

export interface ChangeGroup {
  key: string;
  operation: FieldChange['operation'];
  by: string | null;
  at: string;
  changes: FieldChange[];
}

/** Puts the field changes of one save together, the newest save first. */
export function groupChanges(changes: FieldChange[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const change of changes) {
    const key = `${change.version}/${change.operation}/${change.execution_id ?? change.changed_at}`;
    const group = groups.get(key) ?? {
      key,
      operation: change.operation,
      by: change.changed_by,
      at: change.changed_at,
      changes: [],
    };
    if (change.field_name) group.changes.push(change);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
