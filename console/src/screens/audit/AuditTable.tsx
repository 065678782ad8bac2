import type { AuditEntry } from '@/api/types/admin';
import { Badge, Time } from '@/ui';
import { verdicts } from './verdicts';

export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Decisions">
      <table className="w-full min-w-[640px]">
        <caption className="sr-only">Decisions</caption>
        <thead>
          <tr>
            {['When', 'Who', 'Action', 'Verdict', 'Why'].map((title) => (
              <th key={title} scope="col" className="h-9 border-b px-4 text-left text-xs font-medium text-text-3">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {entries.map((entry, index) => (
            <AuditRow key={`${entry.execution_id}/${index}`} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const verdict = verdicts[entry.verdict] ?? { tone: 'neutral', icon: 'circle-dashed', word: entry.verdict };
  const rule = [entry.policy, entry.rule].filter(Boolean).join(', ');
  return (
    <tr className="align-top">
      <td className="px-4 py-2 text-text-2">
        <Time at={entry.at} />
      </td>
      <td className="px-4 py-2">
        {entry.principal}
        {entry.on_behalf_of && <span className="block text-xs text-text-3">for {entry.on_behalf_of}</span>}
      </td>
      <td className="max-w-72 px-4 py-2">
        {entry.action}
        {entry.object_ref && <span className="block font-mono text-2xs break-all text-text-3">{entry.object_ref}</span>}
      </td>
      <td className="px-4 py-2">
        <Badge tone={verdict.tone} icon={verdict.icon}>
          {verdict.word}
        </Badge>
      </td>
      <td className="max-w-80 px-4 py-2">
        {rule || '—'}
        {entry.reason && <span className="block text-xs text-text-3">{entry.reason}</span>}
        {entry.execution_id && (
          <span className="block font-mono text-2xs break-all text-text-3">{entry.execution_id}</span>
        )}
      </td>
    </tr>
  );
}
