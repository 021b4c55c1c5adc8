// Who may import whom: the table of the README. A rule here is a rule there.
const domain =
  '^lib/(orgs|orgs-as-code|members|invites|tokens|audit|metrics|requests|mail|setup|backup|input|health|limits|idempotency|openapi|doctor|gateway|usage|billing|sandboxes)/';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const only = (name, packages, doors) =>
  rule(
    `one-door-${name}`,
    `${name} is imported by its own files only`,
    { pathNot: [...doors, '\\.test\\.tsx?$', '^e2e/', '^dev/'] },
    { path: packages },
  );

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'A cycle hides which of two is the foundation',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    only('postgres', '^node_modules/postgres/', ['^db/(connect|postgres|query-deadline)\\.ts$']),
    only('clickhouse', '^node_modules/(@clickhouse/client|chdb)/', ['^db/']),
    only('supabase', '^node_modules/@supabase/', ['^lib/supabase/']),
    only('jose', '^node_modules/jose/', [
      '^lib/auth/(access-token|access-token-refusal|token-form|published-key|verify-signature|key-set|hmac-keys)\\.ts$',
      '^lib/oidc/(seal|provider-token)\\.ts$',
    ]),
    only('opentelemetry', '^node_modules/@opentelemetry/', ['^lib/tracing/']),
    only('openid-client', '^node_modules/(openid-client|oauth4webapi)/', ['^lib/oidc/']),
    only('stripe', '^node_modules/stripe/', ['^lib/billing/']),
    only('nodemailer', '^node_modules/(@types/)?nodemailer/', ['^lib/mail/send-mail\\.ts$']),
    only('undici', '^node_modules/undici/', ['^server/gateway/']),
    only('drizzle', '^node_modules/drizzle-', [
      '^db/',
      '^drizzle\\.config\\.ts$',
      '^lib/(auth|oidc|access|orgs|orgs-as-code|members|invites|tokens|audit|metrics|requests|setup|backup|limits|idempotency|doctor|gateway|usage|billing|sandboxes)/',
    ]),
    rule(
      'routes-are-plain',
      'A handler of /v1 is a plain (Request) => Response: authentication, authorization, input, one verb, an answer',
      { path: '^app/v1/' },
      {
        pathNot: [
          '^app/v1/',
          '^lib/(http|auth|access|input|limits|orgs|members|invites|tokens|audit|metrics|openapi|setup|doctor|gateway|usage|billing)/',
        ],
      },
    ),
    rule(
      'pages-read-through-the-domain',
      'A page asks the domain, never the database',
      { path: '^app/', pathNot: '^app/v1/|/route\\.ts$|\\.test\\.tsx?$' },
      { path: ['^db/', '^lib/http/', '^node_modules/drizzle-orm/', '^server'] },
    ),
    rule(
      'components-hold-no-data',
      'app/_ui draws what it is given',
      { path: '^app/_ui/' },
      { path: ['^lib/', '^db/', '^app/(?!_ui/)'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'domain-knows-no-framework',
      'The domain runs without Next, React and HTTP',
      { path: domain },
      { path: ['^node_modules/(next|react|react-dom|@supabase)/', '^lib/(http|page)/', '^app/'] },
    ),
    rule(
      'auth-knows-no-domain',
      'Who calls is decided before what they may do',
      { path: '^lib/auth/', pathNot: '\\.test\\.tsx?$' },
      { path: [domain, '^lib/(access|http|page)/', '^app/'], pathNot: '^lib/input/' },
    ),
    rule(
      'http-knows-no-domain',
      'HTTP carries the domain without knowing it',
      { path: '^lib/http/', pathNot: '\\.test\\.tsx?$' },
      {
        path: [
          '^node_modules/(next|drizzle-orm)/',
          '^db/',
          '^lib/(orgs|members|invites|tokens|audit|metrics|requests|mail|setup|usage|billing)/',
        ],
      },
    ),
    rule(
      'page-knows-no-domain',
      'The door of pages is the door of all pages',
      { path: '^lib/page/', pathNot: '\\.test\\.tsx?$' },
      { path: ['^db/', '^lib/(orgs|members|invites|tokens|audit|metrics|requests|mail|setup|usage|billing|http)/'] },
    ),
    rule(
      'db-is-the-foundation',
      'The stores know configuration, errors, the log and spans, nothing above them',
      { path: '^db/', pathNot: '\\.test\\.tsx?$' },
      {
        path: ['^lib/', '^app/'],
        pathNot: '^lib/((config|config-supabase|config-modes|config-public|config-variables|errors|log)\\.ts$|tracing/)',
      },
    ),
    rule(
      'browser-code-stays-out',
      'What runs in browsers imports no server code',
      { path: '^lib/api-client/' },
      {
        path: ['^db/', '^lib/(?!api-client/|public-config|supabase/(browser|session-cookie-name|needs-second-factor))'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'product-without-dev',
      'What a developer runs is never part of the product',
      { path: '^(app|lib|db|cli|server|proxy|instrumentation)', pathNot: '\\.test\\.tsx?$' },
      { path: ['^(dev|e2e)/'] },
    ),
    rule(
      'messages-know-nothing',
      'A text is given what it tells',
      { path: '^messages/', pathNot: '\\.test\\.ts$' },
      { pathNot: ['^messages/', '^node_modules/(@types/)?react/'], dependencyTypesNot: ['type-only'] },
    ),
    rule('no-unresolved', 'An import that leads nowhere', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^(\\.next|\\.node|drizzle|node_modules/\\.)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
