import { useQueryClient } from '@tanstack/react-query';
import type { RecordRow } from '@/api/types/records';

/** Keeps what the console has read of a resource in step with what it has written. */
export function useRecordCache(src: string) {
  const queryClient = useQueryClient();
  const stale = () => {
    void queryClient.invalidateQueries({ queryKey: ['records', src] });
    void queryClient.invalidateQueries({ queryKey: ['page'] });
  };
  return {
    saved: (record: RecordRow) => {
      const id = String(record.id);
      queryClient.setQueryData(['record', src, id], record);
      void queryClient.invalidateQueries({ queryKey: ['history', src, id] });
      stale();
    },
    deleted: (id: string) => {
      queryClient.removeQueries({ queryKey: ['record', src, id] });
      stale();
    },
  };
}
