import type { TableSpec } from '@/api/types/records';
import { NewRecord } from './NewRecord';
import { OpenRecord } from './OpenRecord';

export interface RecordDrawerProps {
  spec: TableSpec;
  /** The record's id, or `new`. */
  id: string;
  onClose: () => void;
  onOpen: (id: string) => Promise<void>;
}

/** The record beside its list: read, change, create, delete, and its history. */
export function RecordDrawer(props: RecordDrawerProps) {
  if (props.id !== 'new') return <OpenRecord {...props} />;
  if (!props.spec.form || !props.spec.can.create) return null;
  return <NewRecord {...props} form={props.spec.form} />;
}
