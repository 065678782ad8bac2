import { useQuery } from '@tanstack/react-query';
import { contextPath } from '@/api/client';
import { paths } from '@/api/paths';
import { queries } from '@/api/queries';
import { buttonStyle } from '@/ui';

/** A button for each provider that may vouch for a person; nothing where there is none. */
export function Providers({ back }: { back: string | undefined }) {
  const { data } = useQuery(queries.providers());
  if (!data?.length) return null;
  return (
    <div className="mt-4 grid gap-2">
      {data.map((provider) => (
        <a
          key={provider.name}
          href={contextPath + paths.oidc(provider.name, back ?? '/')}
          className={buttonStyle({ size: 'lg' })}
        >
          Log in with {provider.label}
        </a>
      ))}
    </div>
  );
}
