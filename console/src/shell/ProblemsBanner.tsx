import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import { Icon } from '@/ui';
import { useIsAdmin } from './session';

/** Tells administrators that an app's source does not compile, and where. */
export function ProblemsBanner() {
  const isAdmin = useIsAdmin();
  const { data } = useQuery({ ...queries.problems(), enabled: isAdmin });
  if (!isAdmin || !data?.length) return null;
  const count = data.length === 1 ? 'One fault' : `${data.length} faults`;
  return (
    <details role="status" className="group shrink-0 border-b bg-bad-soft text-bad-text">
      <summary className="flex min-h-10 list-none items-center gap-2 px-4 py-2">
        <Icon name="alert-triangle" />
        <span className="font-medium">{count} in the apps’ source.</span>
        <span className="hidden text-xs sm:inline">The last version that compiled keeps running.</span>
        <Icon name="chevron-down" className="ml-auto transition-transform group-open:rotate-180" />
      </summary>
      <ol className="max-h-64 space-y-2 overflow-y-auto px-4 pb-3 pl-10">
        {data.map((fault, index) => (
          <li key={index}>
            <p className="font-mono text-xs break-all">
              {fault.file}:{fault.line}:{fault.column}
            </p>
            <p className="font-medium">{fault.message}</p>
            {fault.remedy && <p className="text-xs">{fault.remedy}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
