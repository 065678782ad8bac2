// The rows of the fake server. Development and tests only; never shipped.
const first = [
  'Luís',
  'Leonie',
  'François',
  'Bjørn',
  'Helena',
  'Astrid',
  'Daan',
  'Kara',
  'Eduardo',
  'Mark',
  'Frank',
  'Jack',
];
const last = [
  'Gonçalves',
  'Köhler',
  'Tremblay',
  'Hansen',
  'Holý',
  'Gruber',
  'Peeters',
  'Nielsen',
  'Martins',
  'Philips',
];
const cities = ['São José dos Campos', 'Stuttgart', 'Montréal', 'Oslo', 'Prague', 'Vienne', 'Brussels', 'Ulm'];
const statuses = ['ACTIVE', 'AT_RISK', 'CHURNED'];

const stamp = (version) => ({
  version,
  created_at: '2026-10-01T08:00:00Z',
  created_by: 'import',
  updated_at: new Date(Date.now() - 3 * 3600_000).toISOString(),
  updated_by: 'mira',
});

export const employees = [
  { id: 3, first_name: 'Jane', last_name: 'Peacock', title: 'Sales Support Agent', ...stamp(1) },
  { id: 4, first_name: 'Margaret', last_name: 'Park', title: 'Sales Support Agent', ...stamp(1) },
  { id: 5, first_name: 'Steve', last_name: 'Johnson', title: 'Sales Support Agent', ...stamp(1) },
];

export const customers = Array.from({ length: 59 }, (_, index) => ({
  id: index + 1,
  first_name: first[index % first.length],
  last_name: last[(index * 7) % last.length],
  email: `${first[index % first.length]
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '')}${index + 1}@example.com`,
  city: cities[index % cities.length],
  phone: index % 5 === 0 ? null : `+49 30 ${String(100000 + index * 731)}`,
  status: statuses[index % 7 === 3 ? 1 : index % 11 === 5 ? 2 : 0],
  credit_limit: (500 + index * 37.5).toFixed(2),
  newsletter: index % 3 === 0,
  customer_since: `20${String(10 + (index % 14)).padStart(2, '0')}-0${1 + (index % 9)}-1${index % 9}`,
  last_contact: new Date(Date.now() - index * 7_200_000).toISOString(),
  notes: index % 4 === 0 ? 'Prefers mail over the phone.' : null,
  support_rep_id: 3 + (index % 3),
  ...stamp(2),
}));

const rep = { name: 'crm.records.employee', src: '/api/crm/v1/employees', display: ['first_name', 'last_name'] };

export const table = {
  record: 'crm.records.customer',
  src: '/api/crm/v1/customers',
  singular: 'customer',
  plural: 'customers',
  columns: [
    { key: 'first_name', label: 'First name', kind: 'text', sortable: true },
    { key: 'last_name', label: 'Last name', kind: 'text', sortable: true },
    { key: 'email', label: 'Email', kind: 'email', sortable: true },
    {
      key: 'status',
      label: 'Status',
      kind: 'status',
      sortable: true,
      tones: { ACTIVE: 'ok', AT_RISK: 'warn', CHURNED: 'bad' },
    },
    { key: 'city', label: 'City', kind: 'text', sortable: true },
    { key: 'credit_limit', label: 'Credit limit', kind: 'money', sortable: true, currency: 'EUR' },
    { key: 'support_rep', label: 'Support rep', kind: 'reference', sortable: false, reference: rep },
    { key: 'customer_since', label: 'Since', kind: 'date', sortable: true },
  ],
  search: ['first_name', 'last_name', 'email', 'city'],
  order: 'last_name.asc',
  page_size: 25,
  can: { create: true, update: true, delete: true },
  audit: true,
  display: ['first_name', 'last_name'],
  form: {
    fields: [
      { name: 'first_name', label: 'First name', type: 'text', required: true, readonly: false, max_length: 40 },
      { name: 'last_name', label: 'Last name', type: 'text', required: true, readonly: false, max_length: 20 },
      { name: 'email', label: 'Email', type: 'email', required: true, readonly: false, max_length: 60 },
      { name: 'phone', label: 'Phone', type: 'text', required: false, readonly: false, help: 'With the country code.' },
      { name: 'city', label: 'City', type: 'text', required: false, readonly: false },
      {
        name: 'status',
        label: 'Status',
        type: 'select',
        required: true,
        readonly: false,
        options: [
          { value: 'ACTIVE', label: 'Active' },
          { value: 'AT_RISK', label: 'At risk' },
          { value: 'CHURNED', label: 'Churned' },
        ],
      },
      {
        name: 'credit_limit',
        label: 'Credit limit',
        type: 'money',
        required: false,
        readonly: false,
        min: 0,
        currency: 'EUR',
      },
      {
        name: 'support_rep_id',
        label: 'Support rep',
        type: 'reference',
        required: false,
        readonly: false,
        reference: { src: rep.src, display: rep.display, search: ['first_name', 'last_name'] },
      },
      { name: 'newsletter', label: 'Newsletter', type: 'boolean', required: false, readonly: false },
      { name: 'customer_since', label: 'Customer since', type: 'date', required: false, readonly: false },
      { name: 'last_contact', label: 'Last contact', type: 'time', required: false, readonly: true },
      { name: 'notes', label: 'Notes', type: 'textarea', required: false, readonly: false },
    ],
  },
};

export const navigation = {
  platform: { name: 'AppOS', version: '3.0.0' },
  apps: [
    {
      name: 'crm',
      title: 'Customers & care',
      theme: { h: 205, c: 0.105 },
      pages: [{ name: 'customers', title: 'Customers', route: '/customers', icon: 'users' }],
    },
    {
      name: 'billing',
      title: 'Billing',
      theme: { h: 155, c: 0.12 },
      pages: [{ name: 'invoices', title: 'Invoices', route: '/invoices', icon: 'receipt' }],
    },
  ],
};

export const pages = {
  'crm/customers': {
    v: 1,
    page: 'crm.pages.customers',
    app: 'crm',
    route: '/customers',
    title: 'Customers',
    theme: { h: 205, c: 0.105 },
    root: {
      id: 'page',
      type: 'Page',
      props: { title: 'Customers' },
      children: [
        {
          id: 'stats',
          type: 'Stats',
          children: [
            { id: 's1', type: 'Stat', props: { label: 'Customers', value: 59, format: 'number' } },
            { id: 's2', type: 'Stat', props: { label: 'Revenue', value: '2328.60', format: 'money', currency: 'EUR' } },
            { id: 's3', type: 'Stat', props: { label: 'Best market', value: 'Brazil', format: 'text' } },
          ],
        },
        { id: 'customers', type: 'DataTable', props: table },
      ],
    },
  },
  'billing/invoices': {
    v: 1,
    page: 'billing.pages.invoices',
    app: 'billing',
    route: '/invoices',
    title: 'Invoices',
    theme: { h: 155, c: 0.12 },
    root: {
      id: 'page',
      type: 'Page',
      children: [
        {
          id: 'sec',
          type: 'Section',
          props: { title: 'This month' },
          children: [
            { id: 't', type: 'Text', props: { text: 'Invoices are sent on the first working day.' } },
            {
              id: 'row',
              type: 'Row',
              children: [
                {
                  id: 'b',
                  type: 'Button',
                  props: { label: 'See the customers', action: { kind: 'navigate', to: '/crm/customers' } },
                },
                {
                  id: 'b2',
                  type: 'Button',
                  props: { label: 'Not a safe address', action: { kind: 'open', to: 'javascript:alert(1)' } },
                },
              ],
            },
          ],
        },
        { id: 'card', type: 'Card', props: { title: 'A card' }, children: [{ id: 'x', type: 'Hologram', props: {} }] },
      ],
    },
  },
};
