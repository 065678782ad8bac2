import type { Field, RecordRow } from '@/api/types/records';
import { FieldValue } from '@/form/FieldValue';
import { same, type Values } from '@/form/useChanges';
import { Button, Icon } from '@/ui';

interface ConflictProps {
  singular: string;
  fields: Field[];
  before: RecordRow;
  theirs: RecordRow;
  mine: Values;
  onKeepMine: () => void;
  onDiscardMine: () => void;
}

/** Shows what someone else saved in between next to what the user changed, and asks how to go on. */
export function Conflict({ singular, fields, before, theirs, mine, onKeepMine, onDiscardMine }: ConflictProps) {
  const touched = fields.filter((field) => field.name in mine || !same(before[field.name], theirs[field.name]));
  const by = theirs['updated_by'];
  const who = typeof by === 'string' && by !== '' ? by : 'Someone else';
  return (
    <section role="alert" className="rounded-lg border border-warn/50 bg-warn-soft p-3">
      <p className="flex items-center gap-2 font-medium text-warn-text">
        <Icon name="alert-triangle" />
        {who} changed this {singular} while you were editing
      </p>
      <table className="mt-2 w-full table-fixed text-left text-xs">
        <thead className="text-text-2">
          <tr>
            <th scope="col" className="py-1 font-medium">
              Field
            </th>
            <th scope="col" className="py-1 font-medium">
              Saved now
            </th>
            <th scope="col" className="py-1 font-medium">
              Yours
            </th>
          </tr>
        </thead>
        <tbody>
          {touched.map((field) => (
            <tr key={field.name} className="align-top">
              <th scope="row" className="py-1 pr-2 font-normal text-text-2">
                {field.label}
              </th>
              <td className="py-1 pr-2 break-words">
                <FieldValue field={field} value={theirs[field.name]} />
              </td>
              <td className="py-1 break-words">
                {field.name in mine ? <FieldValue field={field} value={mine[field.name]} /> : 'not changed'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" variant="primary" onClick={onKeepMine}>
          Reload and keep my changes
        </Button>
        <Button size="sm" onClick={onDiscardMine}>
          Discard my changes
        </Button>
      </div>
    </section>
  );
}
