// The dependency rules of ARCHITECTURE.md: apps → domain libraries → notices, identity → platform → kernel.
const LIBRARY = '^libs/([^/]+)/'
const COMPUTE = '^apps/(?:cli/(?:compute|verify)|web/browser)/'
const SPEC = '[.]spec[.]ts$|^test/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'No cycles. Entities that refer to each other do so by type only.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'rules-are-pure',
      comment: 'rules/ import the kernel and sibling rules: no npm package, no Node module, no other folder.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/rules/', pathNot: SPEC },
      to: { pathNot: ['^libs/$1/rules/', '^libs/kernel/index[.]ts$'] },
    },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: SPEC },
      to: { pathNot: '^libs/kernel/' },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: LIBRARY, pathNot: '^libs/(?:platform|kernel)/' },
    },
    {
      name: 'notices-know-no-domain',
      severity: 'error',
      from: { path: '^libs/notices/' },
      to: { path: LIBRARY, pathNot: '^libs/(?:notices|platform|kernel)/' },
    },
    {
      name: 'identity-knows-no-domain',
      severity: 'error',
      from: { path: '^libs/identity/' },
      to: { path: LIBRARY, pathNot: '^libs/(?:identity|notices|platform|kernel)/' },
    },
    {
      name: 'only-through-index',
      comment: 'A library is used through its index.ts, by its name: import … from "#members".',
      severity: 'error',
      from: { path: LIBRARY },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/index[.]ts$'] },
    },
    {
      name: 'only-by-name',
      comment: 'Another library is imported as "#members", not by a path.',
      severity: 'error',
      from: { path: LIBRARY },
      to: { path: '^libs/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'apps-only-through-index',
      comment: 'Apps and migrations use libraries through their index.ts.',
      severity: 'error',
      from: { path: '^(?:apps|migrations)/', pathNot: COMPUTE },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/index[.]ts$' },
    },
    {
      name: 'apps-by-name',
      severity: 'error',
      from: { path: '^(?:apps|migrations)/', pathNot: COMPUTE },
      to: { path: '^libs/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'compute-is-pure',
      comment:
        '`samen compute`, `samen verify` and the browser take the pure rules themselves: without Nest or a database.',
      severity: 'error',
      from: { path: COMPUTE },
      to: { path: '^libs/', pathNot: ['^libs/[^/]+/rules/', '^libs/kernel/index[.]ts$'] },
    },
    {
      name: 'nothing-imports-apps',
      severity: 'error',
      from: { path: '^(?:libs|migrations)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(?:apps|libs|migrations)/', pathNot: SPEC },
      to: {
        path: [
          SPEC,
          '(?:^|/)node_modules/(?:vitest|fast-check|playwright-core|@axe-core|smtp-server|@nestjs/testing)/',
        ],
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    // `#members` is libs/members/index.ts here, as in the tests; without the condition it would be dist.
    enhancedResolveOptions: {
      conditionNames: ['samen-src', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
