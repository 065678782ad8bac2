import { useState } from 'react';
import { Combobox } from '@base-ui/react/combobox';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import { selectOfReference } from '@/api/recordQuery';
import type { FieldReference, Id, RecordRow } from '@/api/types/records';
import { useDebounced } from '@/lib/useDebounced';
import { Icon } from '@/ui';
import { cn } from '@/lib/cn';
import { fieldStyle, optionStyle, popupStyle } from '@/ui/fieldStyle';
import { displayName } from '../displayName';
import { ariaOf, type ControlProps } from './types';

const LIMIT = 20;
const SETTLE_MS = 200;

/** Chooses a record of another kind; the server does the searching. */
export function ReferenceControl(props: ControlProps) {
  const { field, value } = props;
  if (!field.reference) return null;
  return <ReferenceBox key={String(value ?? '')} {...props} reference={field.reference} />;
}

function ReferenceBox(props: ControlProps & { reference: FieldReference }) {
  const { id, field, value, onChange, reference } = props;
  const chosen = useChosen(reference, value);
  const [typed, setTyped] = useState('');
  const found = useFound(reference, useDebounced(typed, SETTLE_MS));
  const name = (row: RecordRow) => displayName(row, reference.display);

  return (
    <Combobox.Root
      items={found.data?.rows ?? []}
      filter={null}
      value={chosen}
      itemToStringLabel={name}
      isItemEqualToValue={(item, other) => item.id === other.id}
      onValueChange={(row) => onChange(row?.id ?? null)}
      onInputValueChange={(text, { reason }) => setTyped(reason === 'input-change' ? text : '')}
    >
      <Combobox.InputGroup className={cn(fieldStyle, 'pr-1')}>
        <Combobox.Input
          id={id}
          placeholder="Type to search"
          className="h-full min-w-0 flex-1 bg-transparent outline-none"
          {...ariaOf(props)}
        />
        {!field.required && (
          <Combobox.Clear aria-label={`Clear ${field.label}`} className="grid size-6 place-items-center text-text-3">
            <Icon name="x" className="size-3.5" />
          </Combobox.Clear>
        )}
        <Combobox.Trigger aria-label={`Show ${field.label}`} className="grid size-6 place-items-center text-text-3">
          <Icon name="chevron-down" className="size-3.5" />
        </Combobox.Trigger>
      </Combobox.InputGroup>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50">
          <Combobox.Popup className={popupStyle}>
            <Combobox.Status className="px-2 py-1 text-xs text-text-3 empty:hidden">
              {statusOf(found, typed)}
            </Combobox.Status>
            <Combobox.List>
              {(row: RecordRow) => (
                <Combobox.Item key={row.id} value={row} className={optionStyle}>
                  <span className="flex-1 truncate">{name(row)}</span>
                  <Combobox.ItemIndicator>
                    <Icon name="check" className="size-3.5" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

/** The chosen record with its name; while that is on its way, or is not ours to read, its id stands for it. */
function useChosen(reference: FieldReference, value: unknown): RecordRow | null {
  const chosen = value === null || value === undefined || value === '' ? null : (value as Id);
  const query = useQuery({ ...queries.record(reference.src, String(chosen)), enabled: chosen !== null });
  if (chosen === null) return null;
  return query.data ?? { id: chosen, version: 0 };
}

function useFound(reference: FieldReference, q: string) {
  const query = {
    select: selectOfReference(reference),
    search: reference.search,
    q,
    order: reference.display[0] && `${reference.display[0]}.asc`,
    limit: LIMIT,
    offset: 0,
  };
  return useQuery({ ...queries.records(reference.src, query), placeholderData: keepPreviousData });
}

function statusOf(found: ReturnType<typeof useFound>, typed: string): string | null {
  if (found.isError) return found.error.message;
  if (found.isPending) return 'Searching…';
  const { rows, total } = found.data;
  if (rows.length === 0) return typed ? `Nothing matches “${typed}”.` : 'There is nothing to choose yet.';
  return total !== null && total > rows.length ? `${rows.length} of ${total}: type to narrow down.` : null;
}
