import { useSession } from '@/shell/session';
import { Screen } from '../Screen';
import { AppCards } from './AppCards';
import { PendingApprovals } from './PendingApprovals';
import { RecentProcesses } from './RecentProcesses';

/** Where one starts: one's apps, what waits for one's decision, what is under way. */
export default function Home() {
  const { user } = useSession();
  const name = user.full_name || user.username;
  return (
    <Screen crumbs={[{ label: 'Home', icon: 'home' }]}>
      <p className="pt-1 text-xl font-semibold tracking-tight">Welcome, {name}</p>
      <AppCards />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PendingApprovals />
        <RecentProcesses />
      </div>
    </Screen>
  );
}
