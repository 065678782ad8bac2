export type Id = number | string;

/** A record as the server sends it: the platform's own columns and whatever the app declared. */
export interface RecordRow {
  id: Id;
  version: number;
  [column: string]: unknown;
}

export type ColumnKind =
  'text' | 'number' | 'money' | 'decimal' | 'status' | 'reference' | 'date' | 'time' | 'bool' | 'email' | 'json';

export interface Column {
  key: string;
  label: string;
  kind: ColumnKind;
  sortable: boolean;
  currency?: string;
  reference?: { name: string; src: string; display: string[] };
  tones?: Record<string, string>;
}

export type FieldType =
  | 'text'
  | 'textarea'
  | 'email'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'boolean'
  | 'date'
  | 'time'
  | 'select'
  | 'reference'
  | 'json';

export interface FieldReference {
  src: string;
  display: string[];
  search: string[];
}

export interface Field {
  name: string;
  label: string;
  type: FieldType;
  required?: boolean;
  readonly?: boolean;
  max_length?: number;
  min?: number;
  max?: number;
  pattern?: string;
  message?: string;
  help?: string;
  currency?: string;
  options?: { value: string; label: string }[];
  reference?: FieldReference;
}

export interface FormSpec {
  fields: Field[];
}

export interface TableSpec {
  record: string;
  src: string;
  singular: string;
  plural: string;
  columns: Column[];
  search: string[];
  order?: string;
  page_size: number;
  can: { create: boolean; update: boolean; delete: boolean };
  audit: boolean;
  form: FormSpec | null;
  display: string[];
}

export interface FieldChange {
  field_name: string | null;
  old_value: unknown;
  new_value: unknown;
  operation: 'create' | 'update' | 'delete';
  changed_by: string | null;
  changed_at: string;
  execution_id: string | null;
  version: number;
}
