import { Link } from '@tanstack/react-router';
import { useTitle } from '@/lib/useTitle';
import { TopBar } from '@/shell/TopBar';
import { buttonStyle, EmptyState } from '@/ui';

export function NotFound() {
  useTitle('Not found');
  const home = (
    <Link to="/" className={buttonStyle({ variant: 'primary' })}>
      Go to Home
    </Link>
  );
  return (
    <>
      <TopBar crumbs={[{ label: 'Not found' }]} />
      <EmptyState icon="box" title="There is no such page" action={home}>
        It does not exist, or you may not see it.
      </EmptyState>
    </>
  );
}
