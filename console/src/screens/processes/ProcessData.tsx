import type { ProcessInstance } from '@/api/types/work';
import { Card, CardHeader, Json, Values } from '@/ui';

/** The instance's error, variables and outputs. */
export function ProcessData({ process }: { process: ProcessInstance }) {
  return (
    <>
      {process.error !== null && process.error !== undefined && (
        <Card className="border-bad/40">
          <CardHeader title="Error" />
          <div className="p-4">
            {typeof process.error === 'string' ? (
              <p className="font-mono text-xs break-words whitespace-pre-wrap text-bad-text">{process.error}</p>
            ) : (
              <Json value={process.error} label="Error" />
            )}
          </div>
        </Card>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Part title="Variables" values={process.variables} />
        <Part title="Outputs" values={process.outputs} />
      </div>
    </>
  );
}

function Part({ title, values }: { title: string; values: Record<string, unknown> | null }) {
  if (!values || Object.keys(values).length === 0) return null;
  return (
    <Card>
      <CardHeader title={title} />
      <div className="px-4 py-2">
        <Values of={values} caption={title} />
      </div>
    </Card>
  );
}
