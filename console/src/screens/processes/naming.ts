import type { ProcessSummary } from '@/api/types/work';
import { words } from '@/lib/format';

/** What an instance is called: its own name, or its process's: `crm.processes.add_customer` → "Add customer". */
export function nameOf(process: Pick<ProcessSummary, 'display_name' | 'process'>): string {
  return process.display_name || words(process.process.split('.').at(-1) ?? process.process);
}
