// CPU of one step of a process beside its SQL: the token engine alone, and whole decisions over the real database.
// The architecture allows 2 ms (a general BPMN engine was measured at 16 ms).
import { sql } from 'kysely'
import { createApp } from '../server/src/app.ts'
import { compileGraph } from '../server/src/domains/flow/compile-graph.ts'
import { shippedDefinitions } from '../server/src/domains/flow/definitions/index.ts'
import type { FlowNode, Graph, Outcome } from '../server/src/domains/flow/graph.ts'
import { decideFlow, startFlow } from '../server/src/domains/flow/index.ts'
import { walk, type Arrived, type Begin } from '../server/src/domains/flow/token-engine.ts'
import { readConfig } from '../server/src/kernel/config/index.ts'
import { systemActor, type Ctx } from '../server/src/kernel/ctx.ts'
import { newId, runCommand } from '../server/src/kernel/runtime.ts'
import { figure, most, percentile, writeResult } from './result.ts'
import { benchData } from './volume.ts'

const STEPS = 20_000

/** A large process: two parallel branches of conditions and tasks, an inclusive part, calculation, and the shipped extension's chain. */
function large(): Graph {
  const nodes: FlowNode[] = [{ key: 's', kind: 'start', name: 's' }, { key: 'split', kind: 'parallel', name: 'split' }, { key: 'join', kind: 'parallel', name: 'join' }]
  const edges: Graph['edges'] = [{ from: 's', to: 'split', outcome: 'next' }]
  for (const branch of ['a', 'b']) {
    let from = 'split'
    for (let i = 0; i < 12; i++) {
      const [gate, calc, task] = [`${branch}g${i}`, `${branch}c${i}`, `${branch}t${i}`]
      nodes.push({ key: gate, kind: 'exclusive', name: gate }, { key: calc, kind: 'expressionTask', name: calc, assign: [{ variable: 'n', expression: 'if(n > 1000, 0, n + 1)' }] }, { key: task, kind: 'userTask', name: task, actor: { unit: 'centre', permission: 'x' } })
      edges.push({ from, to: gate, outcome: from === 'split' ? 'next' : 'approve' }, { from: gate, to: calc, outcome: 'next', condition: 'n < 500 and kind in ["help", "complaint"]' }, { from: gate, to: task, outcome: 'next' }, { from: calc, to: task, outcome: 'next' })
      from = task
    }
    edges.push({ from, to: 'join', outcome: 'approve' })
  }
  nodes.push({ key: 'end', kind: 'end', name: 'end', result: 'approved' })
  edges.push({ from: 'join', to: 'end', outcome: 'next' })
  return { nodes, edges, variables: [{ name: 'n', label: 'n', type: 'number' }, { name: 'kind', label: 'kind', type: 'text' }] }
}

/** Steps through instances one after another; the times of each decision in milliseconds. */
async function stepThrough(graph: Graph, steps: number): Promise<number[]> {
  const compiled = compileGraph(graph)
  const times: number[] = []
  while (times.length < steps) {
    let resting: string[] = []
    let arrived: Arrived[] = []
    let [variables, approved, serial] = [{ n: 1, kind: 'help' } as Record<string, string | number>, false, 0]
    let begin: Begin[] = [{ node: compiled.start }]
    for (;;) {
      const began = performance.now()
      const walked = await walk(compiled, { resting, arrived, variables, approved }, begin, { task: async () => ({ rest: null }), call: async () => ({ rest: null }), service: async () => ({}) })
      times.push(performance.now() - began)
      if (walked.ended) break
      arrived = [...arrived.filter((one) => !walked.consumed.includes(one.id ?? '')), ...walked.arrived.map((one) => ({ ...one, id: `a${serial++}` }))]
      ;({ approved } = walked)
      variables = walked.variables as typeof variables
      resting = [...resting, ...walked.rests.map((one) => one.node.key)]
      const [key = '', ...rest] = resting
      resting = rest
      const outcome: Outcome = 'approve'
      begin = compiled.out(key, outcome).map((route) => ({ node: compiled.node(route.to), route: route.index }))
    }
  }
  return times
}

const mean = (times: number[]): number => times.reduce((sum, one) => sum + one, 0) / times.length

/** Whole decisions over the real database: this process does everything but the SQL itself, which runs in PostgreSQL's own processes. */
async function decide(dataDir: string, steps: number): Promise<{ cpu: number; times: number[] }> {
  const app = await createApp(readConfig([`--data=${dataDir}`], process.env, dataDir))
  try {
    const { rows } = await sql<{ tenantId: string; unitId: string }>`select tenant_id as "tenantId", id as "unitId" from platform_unit_view where kind = 'handling' and state = 'active' order by cardinality(path) desc, id limit 1`.execute(app.runtime.db.withoutPlugins())
    const unit = rows[0]
    if (!unit) throw new Error('no handling unit in the base')
    const command = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => runCommand(app.runtime, { actor: systemActor(unit.tenantId), requestId: 'bench' }, fn)
    const times: number[] = []
    let cpu = 0
    while (times.length < steps) {
      const { instanceId } = await command((ctx) => startFlow(ctx, { key: 'orders.extension', objectType: 'bench', objectId: newId(), subjectUnitId: unit.unitId, applicantName: 'bench', title: 'bench', link: '/' }))
      for (let state = 'running'; state === 'running'; ) {
        const [began, used] = [performance.now(), process.cpuUsage()]
        ;({ state } = await command((ctx) => decideFlow(ctx, { instanceId, outcome: 'approve', opinion: '同意' })))
        const now = process.cpuUsage(used)
        times.push(performance.now() - began)
        cpu += (now.user + now.system) / 1000
      }
    }
    return { cpu: cpu / times.length, times }
  } finally {
    await app.stop()
  }
}

export async function benchFlowStep(steps = 10_000, dataDir = benchData): Promise<void> {
  const extension = shippedDefinitions.find((one) => one.key === 'orders.extension')?.graph
  if (!extension) throw new Error('the shipped extension is missing')
  await stepThrough(large(), 2000) // the compiler warms up
  const cpu = process.cpuUsage()
  const [big, small] = [await stepThrough(large(), STEPS), await stepThrough(extension, STEPS)]
  const used = process.cpuUsage(cpu)
  const compiling = performance.now()
  for (let i = 0; i < 100; i++) compileGraph(large())
  const compiled = (performance.now() - compiling) / 100
  const decided = await decide(dataDir, steps)
  writeResult('flow-step', {
    command: 'npm run bench -- flow-step', base: `engine: ${large().nodes.length} nodes; decisions: the shipped extension, demo city`,
    metrics: {
      'CPU of a decision beside its SQL': most(decided.cpu, 'ms', 2), 'decision with its SQL, p50': figure(percentile(decided.times, 50), 'ms'), 'decision with its SQL, p95': figure(percentile(decided.times, 95), 'ms'), decisions: figure(decided.times.length, ''),
      'engine alone, CPU a step': most((used.user + used.system) / 1000 / (big.length + small.length), 'ms', 2), 'engine alone, large process, mean': figure(mean(big), 'ms'), 'engine alone, extension, mean': figure(mean(small), 'ms'), 'engine steps': figure(big.length + small.length, ''),
      'compiling the large process': figure(compiled, 'ms'),
    },
    notes: ['CPU is of this process: driver, statements as text, rows as objects, audit and events included; PostgreSQL works in its own processes', 'one decision after another, no HTTP'],
  })
}
