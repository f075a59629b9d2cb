// The steps a request would take, before anybody asks: for forms, and as a trial in the designer.
import type { Ctx } from '../../kernel/ctx.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import type * as contract from './contract.ts'
import { compileGraph } from './compile-graph.ts'
import { compiledOf, graphOf, publishedVersion } from './definition-store.ts'
import { checkGraph } from './check-graph.ts'
import { flowErrors } from './flow.errors.ts'
import { foresee, type Foreseen, type Guess } from './foresee.ts'
import type { Outcome, Variables } from './graph.ts'
import { dueAfter } from './open-seats.ts'
import { allOperations } from './operations.ts'
import { visibleVersion } from './visible-definitions.ts'
import { seatsOf, type Place } from './seats.ts'
import { holdersOf, unitLine } from './unit-line.ts'
import { usersNamed } from './flow.queries.ts'

/** The steps a request from this unit would take if each approves, with the names of those who could decide. */
export async function previewFlow(ctx: Ctx, key: string, subjectUnitId: string, variables: Variables = {}): Promise<{ name: string; actors: string[] }[]> {
  const { versionId } = await publishedVersion(ctx, key, subjectUnitId)
  const compiled = await compiledOf(ctx, versionId)
  const line = await unitLine(ctx, subjectUnitId, compiled.graph, variables)
  const place: Place = { compiled, line, applicantId: ctx.actor.kind === 'user' ? ctx.actor.id : null }
  const { stays } = await ask(ctx, place, variables)
  return stays.map((stay) => ({ name: stay.node.kind === 'call' ? stay.node.name : `${stay.node.name}（${stay.unit.name}）`, actors: stay.more ?? [] }))
}

const ask = (ctx: Ctx, place: Place, variables: Variables, decide?: (key: string) => Outcome, service?: Guess<string[]>['service']): Promise<Foreseen<string[]>> =>
  foresee<string[]>(place.compiled, place.line, { begin: [{ node: place.compiled.start }], stays: [], marking: { arrived: [], approved: false, variables } }, {
    ...(decide ? { decide: (stay) => decide(stay.node.key) } : {}),
    ...(service ? { service } : {}),
    async seat(node, unit, values) {
      if (node.kind === 'call') return { node, unit: place.line.below[0] ?? place.line.centre, more: [] }
      const seated = await seatsOf(ctx, place, node, unit, values)
      if ('pass' in seated) return 'pass'
      return { node, unit: seated.unit, more: await namesOf(ctx, place, seated.seats) }
    },
  })

/** Everybody who could sit in the seats, without the applicant. */
async function namesOf(ctx: Ctx, place: Place, seats: Extract<Awaited<ReturnType<typeof seatsOf>>, { seats: unknown }>['seats']): Promise<string[]> {
  const names = new Set<string>()
  for (const seat of seats) {
    const ids = seat.assignee ? [seat.assignee.id] : seat.candidates
    const people = ids ? await usersNamed(ctx, ids) : seat.permission || seat.role ? await holdersOf(ctx, { unit: 'subject', ...(seat.permission ? { permission: seat.permission } : {}), ...(seat.role ? { role: seat.role } : {}) }, seat.unit, place.line) : []
    for (const user of people) if (seat.own || user.id !== place.applicantId) names.add(user.name)
  }
  return [...names]
}

/** A trial of a stored version or of a graph as it is drawn: path, people and due times. Touches no data. */
export async function simulateFlow(ctx: Ctx, input: Input<typeof contract.simulateFlow>): Promise<Output<typeof contract.simulateFlow>> {
  const graph = input.graph ?? (await graphOf(ctx, (await visibleVersion(ctx, input.versionId ?? '')).id))
  const problems = checkGraph(graph)
  if (problems.length > 0) throw flowErrors('graphProblems', { fields: problems })
  const given = typed(graph.variables ?? [], input.variables)
  const compiled = compileGraph(graph)
  const line = await unitLine(ctx, input.unitId, graph, given)
  const place: Place = { compiled, line, applicantId: null }
  const services: string[] = []
  const found = await ask(ctx, place, given, (key) => input.decisions[key] ?? 'approve', (node) => void services.push(allOperations().find((one) => one.name === node.operation?.name)?.label ?? node.name))
  const now = ctx.clock.now()
  let at = now
  const steps = []
  for (const stay of found.stays) {
    const due = stay.node.limit ? await dueAfter(ctx, stay.node.limit, at) : null
    const timers = []
    for (const timer of compiled.timersOn(stay.node.key)) if (timer.after) timers.push({ name: timer.name, at: await dueAfter(ctx, timer.after, at), interrupting: timer.interrupting ?? false })
    steps.push({ node: stay.node.key, name: stay.node.name, unitName: stay.node.kind === 'call' ? null : stay.unit.name, people: (stay.more ?? []).slice(0, 50), decision: input.decisions[stay.node.key] ?? ('approve' as const), from: at, dueAt: due, timers })
    at = due ?? at
  }
  return { steps, trail: found.trail, services, outcome: found.ended?.outcome ?? 'running', endKey: found.ended?.endKey ?? null, variables: found.variables }
}

/** Given values by their declared types; what does not fit is refused at its field. */
function typed(rules: { name: string; label: string; type: string; options?: string[] | undefined }[], given: Variables): Variables {
  const fields = []
  for (const [name, value] of Object.entries(given)) {
    const rule = rules.find((one) => one.name === name)
    if (!rule) fields.push({ path: `variables.${name}`, message: '没有声明这个变量' })
    else if (value !== null && !fitsType(rule, value)) fields.push({ path: `variables.${name}`, message: `“${rule.label}”的值不合类型` })
  }
  if (fields.length > 0) throw flowErrors('variablesUnfit', { fields })
  return given
}

const fitsType = (rule: { type: string; options?: string[] | undefined }, value: string | number | boolean): boolean =>
  rule.type === 'number' ? typeof value === 'number' : rule.type === 'boolean' ? typeof value === 'boolean' : typeof value === 'string' && (rule.type !== 'date' || /^\d{4}-\d{2}-\d{2}/.test(value)) && (!rule.options?.length || rule.options.includes(value))

