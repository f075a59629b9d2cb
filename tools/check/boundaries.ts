// Domains import only what they declare, through index.ts; the rules are made from the modules' own `dependsOn`.
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { modules } from '../../server/src/modules.ts'

/** Fewer modules seen means that the tool could not read the sources: a silent pass would be worse than a failure. */
const AT_LEAST = 150

export async function boundaries(root: string): Promise<string[]> {
  const rules: IForbiddenRuleType[] = [
    { name: 'kernel-knows-no-domain', severity: 'error', from: { path: '^server/src/kernel/', pathNot: '^server/src/kernel/testing/' }, to: { path: '^server/src/(domains|demo)/' } },
    { name: 'domains-know-no-app', severity: 'error', from: { path: '^server/src/domains/', pathNot: '\\.test\\.ts$' }, to: { path: '^server/src/(app|main|modules|first-start)\\.ts$' } },
    // Test fixtures of a domain are shared by tests.
    { name: 'only-index', severity: 'error', from: { path: '^server/src/domains/([^/]+)/', pathNot: '\\.test\\.ts$' }, to: { path: '^server/src/domains/([^/]+)/', pathNot: ['^server/src/domains/$1/', '^server/src/domains/[^/]+/index\\.ts$', '\\.gen\\.ts$'] } },
    { name: 'web-imports-no-server', severity: 'error', from: { path: '^(console|portal)/src/' }, to: { path: '^server/src/' } },
    // The exchange is usable alone; the server knows of it only the wire between them.
    { name: 'switch-stands-alone', severity: 'error', from: { path: '^switch/src/' }, to: { path: '^(server|console|portal)/src/' } },
    { name: 'only-the-engine-port', severity: 'error', from: { path: '^(server|console|portal)/src/', pathNot: '\\.test\\.ts$' }, to: { path: '^switch/src/', pathNot: '^switch/src/engine-port\\.ts$' } },
    { name: 'portal-without-antd', severity: 'error', from: { path: '^(portal/src|console/src/mobile)/' }, to: { path: 'node_modules/antd' } },
  ]
  for (const module of modules) {
    const allowed = [module.name, ...module.dependsOn].join('|')
    rules.push({
      name: `${module.name}-declares-its-dependencies`, severity: 'error',
      from: { path: `^server/src/domains/${module.name}/`, pathNot: '\\.test\\.ts$' },
      to: { path: '^server/src/domains/', pathNot: `^server/src/domains/(${allowed})/` },
    })
  }
  const order = modules.map((m) => m.name)
  const declared = modules.flatMap((m, i) => m.dependsOn.filter((d) => !order.slice(0, i).includes(d)).map((d) => `${m.name} depends on ${d}, which is not an earlier domain`))
  const result = await cruise(['server/src', 'switch/src', 'console/src', 'portal/src'], {
    baseDir: root, validate: true, ruleSet: { forbidden: rules }, doNotFollow: { path: 'node_modules' }, exclude: { path: '(/dist/|\\.gen\\.ts$)' }, tsPreCompilationDeps: true,
  })
  const output = result.output as ICruiseResult
  if (output.summary.totalCruised < AT_LEAST) return [`only ${output.summary.totalCruised} modules were seen, expected at least ${AT_LEAST}`]
  return [...declared, ...output.summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)]
}
