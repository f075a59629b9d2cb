// Moves an instance on: walks its tokens, writes where they rest, and tells whoever must know.
import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { compiledOf, publishedVersion } from './definition-store.ts'
import { flowEnded, flowStepOpened } from './events.ts'
import { flowErrors } from './flow.errors.ts'
import { tellFinished } from './flow-finished.ts'
import type { FlowNode, Variables } from './graph.ts'
import { lockInstance, markingOf, recordOf, type Instance } from './instance.ts'
import { arrivedToken, openCall, openVisit, type Visit } from './open-seats.ts'
import { operationNamed } from './operations.ts'
import type { UnitPlace } from './places.ts'
import { seatsOf, type Place } from './seats.ts'
import { walk, type Begin, type Marking, type Walked, type World } from './token-engine.ts'
import { unitLine } from './unit-line.ts'
import { writeMove, writeStart, type InstanceState, type Move, type NewInstance, type RecordRow } from './write-step.ts'

/** What happened: its record, which tokens it ends (all others too with `closeAll`), and from where tokens go on. */
export type Step = {
  record: RecordRow
  close: Record<string, string>
  closeAll?: boolean
  begin: Begin[]
  /** A stay that opens without a walk: the applicant's supplement. */
  rest?: Visit
  opinion: string
}

// Processes that call each other end here; a process within a process within a process is plenty.
const MAX_LEVEL = 5

export async function placeOf(ctx: Ctx, instance: Pick<Instance, 'versionId' | 'subjectUnitId' | 'variables' | 'applicantId'>): Promise<Place> {
  const compiled = await compiledOf(ctx, instance.versionId)
  return { compiled, line: await unitLine(ctx, instance.subjectUnitId, compiled.graph, instance.variables), applicantId: instance.applicantId }
}

/** Moves a locked instance. */
export async function advance(ctx: Ctx, instance: Instance, place: Place, step: Step): Promise<InstanceState> {
  const closing = new Set(step.closeAll ? instance.tokens.map((token) => token.id) : Object.keys(step.close))
  const left = instance.tokens.filter((token) => !closing.has(token.id) && token.kind !== 'join')
  const marking = markingOf(instance, closing)
  const { walked, records } = await run(ctx, instance, place, step.rest ? { ...marking, resting: [...marking.resting, step.rest.node.key] } : marking, step.begin)
  if (step.rest) walked.rests.push({ node: step.rest.node, rest: step.rest })
  const move = moveOf(place, walked, [{ ...step.record, trail: walked.trail }, ...records], left.map((token) => `${token.nodeName}（${place.line.fixed.get(token.unitId) ?? ''}）`))
  // A token that a join took is no cancelled one.
  await writeMove(ctx, instance.id, { ...move, close: { ...step.close, ...Object.fromEntries(walked.consumed.map((id) => [id, 'joined'])) }, closeAll: (step.closeAll ?? false) || walked.ended !== null })
  if (walked.ended && instance.tokens.some((token) => token.kind === 'call' && !(token.id in step.close))) await endChildren(ctx, instance.id, '上级流程已结束')
  await tell(ctx, instance, move, step.opinion, walked.ended?.endKey ?? null)
  return move.state
}

/** Begins an instance; it may end at once. */
export async function begin(ctx: Ctx, row: NewInstance, variables: Variables, applicantName: string): Promise<InstanceState> {
  const instance: Instance = {
    id: row.id, versionId: row.version_id, state: 'running', objectType: row.object_type, objectId: row.object_id, subjectUnitId: row.subject_unit_id, applicantId: row.applicant_id, applicantName, title: row.title, link: row.link,
    variables, approved: false, level: row.level, parentId: row.parent_id, parentTokenId: row.parent_token_id, suspended: false, tokens: [],
  }
  const place = await placeOf(ctx, instance)
  const { start } = place.compiled
  const { walked, records } = await run(ctx, instance, place, { resting: [], arrived: [], variables, approved: false }, [{ node: start }])
  const first: RecordRow = { node_key: start.key, node_name: start.name, unit_id: row.subject_unit_id, actor_id: row.applicant_id, actor_name: applicantName, outcome: 'start', opinion: null, file_ids: [], trail: walked.trail }
  const move = moveOf(place, walked, [first, ...records], [])
  await writeStart(ctx, row, { ...move, variables: walked.variables })
  await tell(ctx, instance, move, '', walked.ended?.endKey ?? null)
  return move.state
}

type Run = { walked: Walked<Visit>; records: RecordRow[] }

async function run(ctx: Ctx, instance: Instance, place: Place, marking: Marking, from: Begin[]): Promise<Run> {
  const records: RecordRow[] = []
  const skip = (node: FlowNode, units: UnitPlace[]): void =>
    void records.push(...units.map((unit): RecordRow => ({ node_key: node.key, node_name: node.name, unit_id: unit.id, actor_id: null, actor_name: '系统', outcome: 'skip', opinion: `${unit.name}没有可审批的人员，自动进入下一环节`, file_ids: [] })))
  const subject = place.line.below[0] ?? place.line.centre
  const world: World<Visit> = {
    async task(node, unit, variables) {
      const seated = await seatsOf(ctx, place, node, unit, variables)
      if ('pass' in seated) return skip(node, seated.pass), 'pass'
      skip(node, seated.skipped)
      return { rest: await openVisit(ctx, place, node, seated.unit, seated.seats) }
    },
    async call(node, variables) {
      const tokenId = newId()
      const state = await callFlow(ctx, instance, node, tokenId, node.call?.input ? place.compiled.input(node.call.input, variables) : variables)
      return state === 'running' ? { rest: await openCall(ctx, place, node, subject, tokenId) } : state === 'approved' ? 'approved' : 'returned'
    },
    async service(node, variables) {
      const operation = operationNamed(node.operation?.name ?? '')
      if (!operation) throw flowErrors('unknownOperation', { params: { name: node.operation?.name ?? '' } })
      const { id, objectType, objectId, subjectUnitId, applicantId, title, link } = instance
      const given = await operation.run(ctx, { instanceId: id, objectType, objectId, subjectUnitId, applicantId, title, link, input: place.compiled.input(node.operation?.input ?? {}, variables) })
      records.push({ ...recordOf(ctx, { nodeKey: node.key, nodeName: node.name, unitId: subject.id }, 'service', operation.label), actor_id: null, actor_name: '系统' })
      return given ?? {}
    },
  }
  return { walked: await walk(place.compiled, marking, from, world), records }
}

function moveOf(place: Place, walked: Walked<Visit>, records: RecordRow[], others: string[]): Move {
  const visits = walked.rests.map((one) => one.rest)
  const arrivals = walked.arrived.map((one) => arrivedToken(place.line, place.compiled.node(one.gate), one.route))
  return {
    records, close: {}, open: walked.ended ? [] : [...visits.flatMap((visit) => visit.tokens), ...arrivals], timers: place.compiled.graph.nodes.some((n) => n.kind === 'timer') ? (walked.ended ? [] : visits.flatMap((visit) => visit.timers)) : null,
    state: walked.ended?.outcome ?? 'running', currentName: walked.ended ? null : [...new Set([...others, ...visits.map((visit) => visit.name)])].join('、').slice(0, 200), variables: walked.variables, approved: walked.approved,
    ...(walked.ended ? { endKey: walked.ended.endKey } : {}),
  }
}

async function tell(ctx: Ctx, instance: Instance, move: Move, opinion: string, endKey: string | null): Promise<void> {
  ctx.signal('home.counts')
  const tokenIds = move.open.filter((token) => token.kind === 'task').map((token) => token.id)
  if (tokenIds.length > 0) ctx.publish(flowStepOpened({ instanceId: instance.id, tokenIds }))
  if (move.state === 'approved' || move.state === 'returned') await finish(ctx, instance, move.state, { opinion, endKey, variables: move.variables ?? instance.variables })
}

/** The end of an instance: a process called goes back to its caller, any other tells the domain that owns the object. */
export async function finish(ctx: Ctx, instance: Instance, outcome: 'approved' | 'returned', end: { opinion: string; endKey: string | null; variables: Variables; withdrawn?: true; ended?: true }): Promise<void> {
  // While the caller still walks, it learns the outcome from the walk itself.
  if (instance.parentId !== null && instance.parentTokenId !== null) return continueCaller(ctx, instance, outcome, end.opinion)
  if (!end.withdrawn) ctx.publish(flowEnded({ instanceId: instance.id, outcome: end.ended ? 'ended' : outcome, opinion: end.opinion.trim() || null }))
  await tellFinished(ctx, { objectType: instance.objectType, objectId: instance.objectId, outcome, instanceId: instance.id, opinion: end.opinion, endKey: end.endKey, variables: end.variables, withdrawn: end.withdrawn ?? false })
}

async function continueCaller(ctx: Ctx, child: Instance, outcome: 'approved' | 'returned', opinion: string): Promise<void> {
  const open = await ctx.db<{ flow_token: { tenant_id: string; id: string; closed_at: unknown } }>().selectFrom('flow_token').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', child.parentTokenId ?? '').where('closed_at', 'is', null).executeTakeFirst()
  if (!open) return // it ended before its caller rested
  const caller = await lockInstance(ctx, child.parentId ?? '', true)
  const token = caller.tokens.find((one) => one.id === child.parentTokenId)
  if (!token) return
  const place = await placeOf(ctx, caller)
  const node = place.compiled.node(token.nodeKey)
  const routes = place.compiled.out(node.key, outcome === 'approved' ? 'next' : 'return')
  const record = { ...recordOf(ctx, token, outcome === 'approved' ? 'approve' : 'return', opinion), actor_id: null, actor_name: node.name }
  const close = { [token.id]: outcome === 'approved' ? 'approve' : 'return' }
  if (routes.length > 0) {
    await advance(ctx, caller, place, { record, close, begin: along(place, routes), opinion })
    return
  }
  await writeMove(ctx, caller.id, { records: [record], close, closeAll: true, open: [], timers: [], state: 'returned', currentName: null, endKey: node.key })
  await finish(ctx, caller, 'returned', { opinion, endKey: node.key, variables: caller.variables })
}

/** Tokens that set out along routes of a node. */
export const along = (place: Place, routes: { index: number; to: string }[]): Begin[] => routes.map((route) => ({ node: place.compiled.node(route.to), route: route.index }))

async function callFlow(ctx: Ctx, caller: Instance, node: FlowNode, tokenId: string, variables: Variables): Promise<InstanceState> {
  const key = node.call?.key ?? ''
  if (caller.level >= MAX_LEVEL) throw flowErrors('tooDeep', { params: { key } })
  const { versionId } = await publishedVersion(ctx, key, caller.subjectUnitId)
  const row: NewInstance = {
    id: newId(), definition_key: key, version_id: versionId, object_type: caller.objectType, object_id: caller.objectId, subject_unit_id: caller.subjectUnitId, applicant_id: caller.applicantId, applicant_name: caller.applicantName,
    title: `${caller.title} · ${node.name}`, link: caller.link, parent_id: caller.id, parent_token_id: tokenId, level: caller.level + 1,
  }
  return begin(ctx, row, variables, caller.applicantName)
}

/** Ends the processes that an instance called and that still run. */
export async function endChildren(ctx: Ctx, parentId: string, reason: string): Promise<void> {
  const rows = await ctx.db<{ flow_instance: { tenant_id: string; id: string; parent_id: string | null; state: string } }>().selectFrom('flow_instance').select('id').where('tenant_id', '=', ctx.tenantId).where('parent_id', '=', parentId).where('state', '=', 'running').execute()
  for (const { id } of rows) await stop(ctx, await lockInstance(ctx, id, true), 'end', reason)
}

/** Ends an instance from outside, with all that runs within it; nobody is told here. */
export async function stop(ctx: Ctx, instance: Instance, outcome: 'end' | 'withdraw', reason: string): Promise<void> {
  await writeMove(ctx, instance.id, { records: [recordOf(ctx, instance.tokens[0], outcome, reason)], close: {}, closeAll: true, open: [], timers: [], state: 'ended', currentName: null })
  if (instance.tokens.some((token) => token.kind === 'call')) await endChildren(ctx, instance.id, reason)
}
