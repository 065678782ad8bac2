import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { credentials } from '@/api/credentials';
import { nonce } from '@/lib/nonce';
import { Toaster } from '@/ui/toast';
import { queryClient } from './queryClient';
import { router } from './router';

// The server no longer knows us: log in again, and come back to the same place.
credentials.onLost(() => {
  const { pathname, href } = router.history.location;
  if (pathname.endsWith('/login')) return;
  queryClient.removeQueries({ queryKey: ['session'] });
  void router.navigate({ to: '/login', search: { return: href }, ignoreBlocker: true });
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CSPProvider nonce={nonce}>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delay={350}>
          <RouterProvider router={router} />
          <Toaster />
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
