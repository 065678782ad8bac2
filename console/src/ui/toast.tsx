import { Toast } from '@base-ui/react/toast';
import { cn } from '@/lib/cn';
import { Icon } from './Icon';

const TIMEOUT_MS = 6_000;
const manager = Toast.createToastManager();

/** Reports that something the user did has been done, or was refused. */
export function toast(title: string, options: { description?: string; bad?: boolean } = {}) {
  manager.add({
    title,
    timeout: TIMEOUT_MS,
    ...(options.description ? { description: options.description } : {}),
    type: options.bad ? 'bad' : 'ok',
  });
}

const rootStyle =
  'absolute right-0 bottom-0 w-full rounded-xl bg-raised shadow-pop transition duration-200 ease-out ' +
  '[transform:translateY(calc(var(--toast-index)*-10px))_scale(calc(1-var(--toast-index)*.04))] ' +
  'data-expanded:[transform:translateY(calc(var(--toast-offset-y)*-1-var(--toast-index)*8px))] ' +
  'data-ending-style:opacity-0 data-starting-style:translate-y-4 data-starting-style:opacity-0';

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => (
    <Toast.Root key={item.id} toast={item} className={rootStyle}>
      <Toast.Content className="flex items-center gap-3 py-3 pr-2 pl-4 data-behind:opacity-0 data-expanded:opacity-100">
        <Icon
          name={item.type === 'bad' ? 'alert-triangle' : 'check-circle'}
          className={cn(item.type === 'bad' ? 'text-bad' : 'text-ok')}
        />
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium" />
          <Toast.Description className="text-xs text-text-3" />
        </div>
        <Toast.Close
          aria-label="Dismiss"
          className="grid size-7 place-items-center rounded-md text-text-3 hover:bg-fill"
        >
          <Icon name="x" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

export function Toaster() {
  return (
    <Toast.Provider toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 w-[min(22rem,calc(100vw-2rem))]">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
