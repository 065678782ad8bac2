import type { ReactNode } from 'react';
import { Tabs as Base } from '@base-ui/react/tabs';

export interface Tab {
  value: string;
  label: string;
  content: ReactNode;
  /** Keeps what is in it while another tab is shown. */
  keep?: boolean;
}

interface TabsProps {
  tabs: Tab[];
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function Tabs({ tabs, label, value, onChange }: TabsProps) {
  return (
    <Base.Root value={value} onValueChange={onChange} className="flex min-h-0 flex-1 flex-col">
      <Base.List aria-label={label} className="relative flex h-10 shrink-0 gap-1 border-b px-3">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="h-full px-2 text-text-2 hover:text-text data-active:font-medium data-active:text-text"
          >
            {tab.label}
          </Base.Tab>
        ))}
        <Base.Indicator
          className="absolute bottom-[-1px] left-0 h-[2px] w-(--active-tab-width)
            translate-x-(--active-tab-left) bg-accent transition-all duration-150"
        />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          tabIndex={-1}
          keepMounted={tab.keep ?? false}
          className="flex min-h-0 flex-1 flex-col outline-none [&[hidden]]:hidden"
        >
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
