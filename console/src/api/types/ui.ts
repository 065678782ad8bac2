/** Two numbers from which the whole colour ramp of an app follows: hue and chroma. */
export interface Theme {
  h: number;
  c: number;
}

export interface NavPage {
  name: string;
  title: string;
  route: string;
  icon: string | null;
}

export interface NavApp {
  name: string;
  title: string;
  theme: Theme | null;
  pages: NavPage[];
}

export interface Navigation {
  platform: { name: string; version: string };
  apps: NavApp[];
}

/** One node of a page. Unknown types are shown as a placeholder, unknown props are ignored. */
export interface Node {
  id: string;
  type: string;
  props?: Record<string, unknown>;
  children?: Node[];
}

export interface PageDocument {
  v: number;
  page: string;
  app: string;
  route: string;
  title: string;
  theme: Theme | null;
  root: Node;
}

export interface NodeAction {
  kind: 'navigate' | 'open';
  to: string;
}
