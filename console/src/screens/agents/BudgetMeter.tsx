import type { Agent } from '@/api/types/admin';
import { decimal } from '@/lib/format';
import { Meter } from '@/ui';

const NEAR = 0.8;

interface BudgetMeterProps {
  agent: string;
  budget: NonNullable<Agent['budget']>;
}

/** What is spent of what is allowed. */
export function BudgetMeter({ agent, budget }: BudgetMeterProps) {
  const amount = Number(budget.amount);
  const share = amount > 0 ? Number(budget.spent) / amount : 1;
  const tone = share >= 1 ? 'bad' : share >= NEAR ? 'warn' : 'accent';
  return (
    <>
      <p className="mb-1 flex justify-between text-xs">
        <span className="text-text-3">Budget per {budget.per.replace(/^per[_ ]/, '')}</span>
        <span className="num">
          {decimal(budget.spent)} of {decimal(budget.amount)} {budget.unit}
        </span>
      </p>
      <Meter label={`Budget of ${agent} used`} value={share} tone={tone} />
    </>
  );
}
