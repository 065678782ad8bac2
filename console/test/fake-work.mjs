// Processes, approvals and what administrators see, for the fake server.
const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();

export const approvals = [
  {
    id: 'apr_1',
    kind: 'agent',
    title: 'Refund €1,240.00 to Leonie Köhler',
    status: 'pending',
    may_answer: true,
    requested_by: 'refund-triage',
    object_ref: 'billing.rules.refund',
    digest: 'sha256:5f1d9c2e',
    created_at: ago(1560),
    due_at: ago(-7200),
    arguments: {
      customer_id: 2,
      amount: '1240.00',
      currency: 'EUR',
      reason: 'Parcel nine days late',
      notify_customer: true,
    },
    policy: 'refunds',
    rule: 'above_500',
  },
  {
    id: 'apr_2',
    kind: 'process',
    title: 'Confirm credit limit for Bjørn Hansen',
    status: 'pending',
    may_answer: true,
    requested_by: 'mira',
    object_ref: 'crm.processes.onboard_customer',
    digest: 'sha256:a01b77',
    created_at: ago(420),
    due_at: null,
  },
];

const process = (id, status, extra) => ({
  instance_id: id,
  process: 'crm.processes.onboard_customer',
  status,
  display_name: null,
  current_step: null,
  started_at: ago(1600),
  completed_at: null,
  started_by: 'mira',
  triggered_by: 'api',
  variables: { customer_id: 4, segment: 'retail' },
  outputs: null,
  error: null,
  ...extra,
});

export const processes = [
  process('prc_9', 'waiting', { display_name: 'Onboard Bjørn Hansen', current_step: 'Confirm credit limit' }),
  process('prc_8', 'completed', {
    display_name: 'Onboard Leonie Köhler',
    started_at: ago(86_400),
    completed_at: ago(84_800),
    outputs: { welcomed: true, credit_limit: '1500.00' },
  }),
  process('prc_7', 'failed', {
    started_at: ago(172_800),
    completed_at: ago(172_790),
    error: { type: 'ConnectionRefused', message: 'The mail server did not answer within 30 s.' },
  }),
  process('prc_6', 'running', {
    display_name: 'Onboard Astrid Gruber',
    started_at: ago(5),
    current_step: 'Send welcome mail',
  }),
];

const step = (path, name, status, started, durationMs, extra) => ({
  path,
  name,
  status,
  attempt: 1,
  started_at: ago(started),
  completed_at: durationMs === null ? null : new Date(Date.now() - started * 1000 + durationMs).toISOString(),
  duration_ms: durationMs,
  ...extra,
});

export const steps = () => [
  step('1', 'Load customer', 'done', 1600, 120, { inputs: { customer_id: 4 }, outputs: { name: 'Bjørn Hansen' } }),
  step('2', 'Check credit', 'failed', 1599.8, 900, { error: 'The rating service answered 503.' }),
  step('2', 'Check credit', 'done', 1597, 1400, { attempt: 2, outputs: { score: 71 } }),
  step('3', 'Wait for documents', 'done', 1595, 1_150_000, {}),
  step('4', 'Calculate limit', 'done', 445, 340, { outputs: { limit: '1500.00' } }),
  step('5', 'Confirm credit limit', 'waiting', 420, null, {}),
];

export const agents = [
  {
    name: 'refund-triage',
    description: 'Judges refund requests',
    type: 'machine',
    status: 'active',
    runs_as: 'svc_refunds',
    policies: ['refunds', 'no_pii'],
    skills: ['billing.rules.refund', 'crm.records.customer.list'],
    budget: { amount: 2000, unit: 'cents', per: 'day', spent: 1720 },
  },
  {
    name: 'digest',
    description: null,
    type: 'machine',
    status: 'suspended',
    runs_as: null,
    policies: [],
    skills: [],
    budget: null,
  },
];

export const objects = [
  {
    ref: 'crm.records.customer',
    type: 'record',
    app: 'crm',
    name: 'customer',
    title: 'Customer',
    file: 'apps/crm/Customer.java',
  },
  {
    ref: 'crm.records.employee',
    type: 'record',
    app: 'crm',
    name: 'employee',
    title: 'Employee',
    file: 'apps/crm/Employee.java',
  },
  {
    ref: 'crm.rules.customer_ltv',
    type: 'rule',
    app: 'crm',
    name: 'customer_ltv',
    title: null,
    file: 'apps/crm/CustomerLtv.java',
  },
  {
    ref: 'crm.processes.onboard_customer',
    type: 'process',
    app: 'crm',
    name: 'onboard_customer',
    file: 'apps/crm/OnboardCustomer.java',
  },
  {
    ref: 'crm.pages.customers',
    type: 'page',
    app: 'crm',
    name: 'customers',
    title: 'Customers',
    file: 'apps/crm/Customers.java',
  },
];

const use = (ref, type, access, observed = false) => ({ ref, type, access, stated: true, observed });

export const objectDetail = (ref) => {
  const object = objects.find((candidate) => candidate.ref === ref);
  return (
    object && {
      ...object,
      source: [
        '/// A person or company we sell to.',
        'record Customer(',
        '    @Max(40) String firstName,',
        '    @Max(20) String lastName,',
        '    @Email String email,',
        '    @BelongsTo Employee supportRep) {',
        '}',
      ].join('\n'),
      direct_dependencies: [use('crm.records.employee', 'record', 'type')],
      dependents: [
        use('/api/crm/v1/customers', 'api', 'read'),
        use('agent:onboarding', 'agent', 'write', true),
        use('crm.rules.customer_ltv', 'rule', 'read', true),
        { ...use('crm.processes.onboard_customer', 'process', 'write', true), stated: false },
      ],
      cycles: [],
      last_modified: ago(3600),
      changes: [{ change_type: 'modified', new_hash: '9f2c41d0aa', changed_at: ago(3600), changed_by: 'system:sources' }],
    }
  );
};

export const impact = (ref) => ({
  ref,
  direct_dependents: ['crm.rules.customer_ltv', 'crm.processes.onboard_customer'],
  transitive_dependents: ['crm.pages.customers'],
  total: 3,
  breakdown: { records: 0, rules: 1, processes: 1, pages: 1, interfaces: 0, apis: 0, agents: 0 },
  recommendation: 'Low risk: all three are in the same app. Run its tests.',
});

const decision = (seconds, verdict, extra) => ({
  at: ago(seconds),
  execution_id: `exec_${seconds}`,
  principal: 'mira',
  object_ref: 'crm.records.customer',
  action: 'update',
  verdict,
  rule: 'grant crm_users',
  ...extra,
});

export const audit = [
  decision(40, 'allow', {}),
  decision(95, 'ask', {
    principal: 'refund-triage',
    on_behalf_of: 'mira',
    object_ref: 'billing.rules.refund',
    action: 'execute',
    policy: 'refunds',
    rule: 'above_500',
    reason: 'Above €500 a human decides.',
  }),
  decision(400, 'deny', { principal: 'guest', action: 'delete', rule: null, reason: 'No grant holds delete.' }),
  decision(900, 'audit', { principal: 'digest', action: 'list', policy: 'no_pii', rule: 'note_exports' }),
];

export const problems = [
  {
    file: 'apps/crm/CustomerLtv.java',
    line: 12,
    column: 21,
    message: 'There is no column "totl" in billing.Invoice.',
    remedy: 'Did you mean "total"?',
  },
];
