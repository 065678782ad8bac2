import { ErrorNote } from '@/ui';
import { ApiError } from '@/api/ApiError';
import type { RecordForm } from './useRecordForm';

/** What is wrong with the form as a whole. */
export function FormFaults({ form }: { form: RecordForm }) {
  if (form.error) return <ErrorNote error={form.error} />;
  if (form.formFaults.length === 0) return null;
  return <ErrorNote error={new ApiError(422, { title: 'This cannot be saved', detail: form.formFaults.join(' ') })} />;
}
