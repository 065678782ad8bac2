import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api/queries';
import { displayName } from '@/form/displayName';
import { capital } from '@/lib/format';
import { useTitle } from '@/lib/useTitle';
import { Button, ErrorState, Icon, SkeletonLines, Tabs } from '@/ui';
import { DeleteRecord } from './DeleteRecord';
import { DrawerFrame } from './DrawerFrame';
import { EditRecord } from './EditRecord';
import type { RecordDrawerProps } from './RecordDrawer';
import { RecordHistory } from './RecordHistory';
import { RecordView } from './RecordView';

export function OpenRecord({ spec, id, onClose }: RecordDrawerProps) {
  const query = useQuery(queries.record(spec.src, id));
  const [tab, setTab] = useState('details');
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const record = query.data;
  const name = record ? displayName(record, spec.display) : `${capital(spec.singular)} ${id}`;
  useTitle(record && name, capital(spec.plural));

  if (!record) {
    return (
      <DrawerFrame name={name} subtitle={spec.singular} onClose={onClose}>
        {query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonLines count={8} />
        )}
      </DrawerFrame>
    );
  }

  const actions = !editing && (
    <>
      {spec.can.delete && (
        <Button variant="ghost" icon aria-label={`Delete ${spec.singular}`} onClick={() => setDeleting(true)}>
          <Icon name="trash-2" />
        </Button>
      )}
      {spec.can.update && spec.form && (
        <Button
          onClick={() => {
            setTab('details');
            setEditing(true);
          }}
        >
          <Icon name="pencil" className="size-3.5" />
          Edit
        </Button>
      )}
    </>
  );
  const details =
    editing && spec.form ? (
      <EditRecord spec={spec} form={spec.form} record={record} onDone={() => setEditing(false)} />
    ) : (
      <RecordView spec={spec} record={record} />
    );
  const history = { value: 'history', label: 'History', content: <RecordHistory spec={spec} id={id} /> };

  return (
    <DrawerFrame name={name} subtitle={`${capital(spec.singular)} ${record.id}`} actions={actions} onClose={onClose}>
      <Tabs
        label={name}
        value={tab}
        onChange={setTab}
        tabs={[{ value: 'details', label: 'Details', content: details, keep: true }, ...(spec.audit ? [history] : [])]}
      />
      {deleting && (
        <DeleteRecord spec={spec} record={record} name={name} onClose={() => setDeleting(false)} onDeleted={onClose} />
      )}
    </DrawerFrame>
  );
}
