import { useQuery, useQueryClient } from '@tanstack/react-query';
import { explain } from '@/api/ApiError';
import { call } from '@/api/client';
import { paths } from '@/api/paths';
import { queries } from '@/api/queries';
import { Badge, Button, Time, toast } from '@/ui';

export function SessionsPart() {
  const queryClient = useQueryClient();
  const { data = [] } = useQuery(queries.sessions());

  const end = async (id: string) => {
    try {
      await call('DELETE', paths.ownSession(id));
    } catch (failure) {
      toast('The session goes on', { description: explain(failure).title, bad: true });
    }
    await queryClient.invalidateQueries({ queryKey: ['sessions'] });
  };

  return (
    <section aria-label="Sessions">
      <p className="mb-2 font-medium">Where you are logged in</p>
      <ul className="grid grid-cols-1 gap-2">
        {data.map((session) => (
          <li key={session.id} className="flex items-center gap-3">
            <div className="min-w-0 flex-1">
              <p className="truncate">{session.agent || session.kind}</p>
              <p className="text-xs text-text-3">
                {session.ip}, since <Time at={session.created_at} />
              </p>
            </div>
            {session.current ? (
              <Badge>this one</Badge>
            ) : (
              <Button size="sm" onClick={() => void end(session.id)}>
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
