// Drafts of voice flows, their check by the exchange, publishing and going back.
import { checkFlowData, simulateFlowData, type Flow, type FlowFinding } from '../../../../../switch/src/engine-port.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { order } from '../engine/exchange.ts'
import { policyChanged } from '../events.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, requireVersion } from '../telephony.queries.ts'
import { fieldText, findingNames, missingText } from '../texts.zh-CN.ts'
import type * as contract from './flow-contract.ts'
import { fromTemplate } from './flow-templates.zh-CN.ts'
import { trialLine } from './trial-texts.zh-CN.ts'
import { asFlow, draftOf, flowViews, lockFlow, placesOfFlows, type Draft, type FlowRow } from './flow.queries.ts'

const MAX_BYTES = 400 * 1024

export async function listFlows(ctx: Ctx) {
  return { items: await flowViews(ctx) }
}

export async function showFlow(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.flows')
  const view = await one(ctx, input.id)
  const row = await db(ctx).selectFrom('telephony_flow').select('draft').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirstOrThrow()
  const versions = await db(ctx).selectFrom('telephony_flow_version').select(['number', 'note', 'published_at as publishedAt', 'published_by_name as publishedByName']).where('tenant_id', '=', ctx.tenantId).where('flow_id', '=', input.id).orderBy('number', 'desc').execute()
  return { ...view, draft: draftOf(row.draft), versions }
}

export async function addFlow(ctx: Ctx, input: Input<typeof contract.addFlow>) {
  authorize(ctx, 'telephony.flows')
  const taken = await db(ctx).selectFrom('telephony_flow').select('id').where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).executeTakeFirst()
  if (taken) throw telephonyFail('codeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已存在' }] })
  const content: Draft = input.template ? fromTemplate(input.template, await targetsOf(ctx, input.queueId)) : input.copyOf ? draftOf((await lockFlow(ctx, input.copyOf)).draft) : (input.draft ?? { start: '', nodes: {} })
  checkSize(content)
  const id = newId()
  await db(ctx).insertInto('telephony_flow').values({ tenant_id: ctx.tenantId, id, code: input.code, name: input.name, use: input.use, draft: json(content as never), draft_at: ts(ctx.clock.now()), draft_by_name: ctx.actor.name }).execute()
  ctx.audit({ module: 'telephony', act: 'addVoiceFlow', objectType: 'key:voiceFlow', objectId: id, text: input.name })
  return one(ctx, id)
}

/** Where a template leads: the chosen queue or the first that is open, and a box that takes messages, its own if it has one. */
async function targetsOf(ctx: Ctx, chosen: string | undefined): Promise<{ queue: string; box: string }> {
  const rows = await db(ctx).selectFrom('telephony_queue').select(['id', 'voicemail']).where('tenant_id', '=', ctx.tenantId).orderBy('open', 'desc').orderBy('code').execute()
  const queue = rows.find((row) => row.id === chosen) ?? rows[0]
  return { queue: queue?.id ?? '', box: (queue?.voicemail ? queue : rows.find((row) => row.voicemail))?.id ?? '' }
}

export async function saveFlow(ctx: Ctx, input: Input<typeof contract.saveFlow>) {
  authorize(ctx, 'telephony.flows')
  const row = await lockFlow(ctx, input.id)
  requireVersion({ version: row.version, changed_by_name: row.draft_by_name }, input.version)
  checkSize(input.draft)
  await update(ctx, row, { name: input.name, draft: json(input.draft as never), draft_at: ts(ctx.clock.now()), draft_by_name: ctx.actor.name })
  return one(ctx, row.id)
}

export async function removeFlow(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.flows')
  const row = await lockFlow(ctx, input.id)
  const places = (await placesOfFlows(ctx))(row.id)
  if (places.length > 0) throw telephonyFail('inUse', { params: { places: places.join('、') } })
  await db(ctx).deleteFrom('telephony_flow').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'removeVoiceFlow', objectType: 'key:voiceFlow', objectId: row.id, text: row.name })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'flows' }))
  return {}
}

export async function checkFlow(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.flows')
  const row = await lockFlow(ctx, input.id)
  return { findings: (await findingsOf(ctx, row, row.draft)).findings }
}

export async function publishFlow(ctx: Ctx, input: Input<typeof contract.publishFlow>) {
  authorize(ctx, 'telephony.flows')
  const row = await lockFlow(ctx, input.id)
  requireVersion({ version: row.version, changed_by_name: row.draft_by_name }, input.version)
  const playing = row.published === 0 ? null : await graphOf(ctx, row.id, row.published)
  if (JSON.stringify(playing) === JSON.stringify(row.draft)) throw telephonyFail('nothingToPublish')
  return publish(ctx, row, row.draft, input.note ?? null)
}

export async function rollBack(ctx: Ctx, input: Input<typeof contract.rollBack>) {
  authorize(ctx, 'telephony.flows')
  const row = await lockFlow(ctx, input.id)
  requireVersion({ version: row.version, changed_by_name: row.draft_by_name }, input.version)
  if (input.number === row.published) throw telephonyFail('nothingToPublish')
  return publish(ctx, row, await graphOf(ctx, row.id, input.number), `退回第 ${input.number} 版`)
}

export async function showVersion(ctx: Ctx, input: { id: string; number: number }) {
  authorize(ctx, 'telephony.flows')
  return { number: input.number, draft: draftOf(await graphOf(ctx, input.id, input.number)) }
}

export async function tryFlow(ctx: Ctx, input: Input<typeof contract.tryFlow>) {
  authorize(ctx, 'telephony.flows')
  const row = await lockFlow(ctx, input.id)
  const read = asFlow(row, 0, row.draft)
  if ('faults' in read) throw telephonyFail('flowUnfinished', { params: { count: read.faults.length } })
  const data = await order(ctx.tenantId, null, { kind: 'simulateFlow', flow: read.flow, caller: { from: input.from.replace('+', ''), to: '12345', acts: input.acts, ...(input.at === undefined ? {} : { at: input.at }) } })
  return { steps: simulateFlowData.parse(data).steps.flatMap(trialLine) }
}

/** What stands against publishing, by node: its form here, its paths at the exchange. */
async function findingsOf(ctx: Ctx, row: FlowRow, graph: unknown): Promise<{ findings: { code: string; severity: 'error' | 'warning'; node: string | null; nodeName: string | null; field: string | null; text: string }[]; flow: Flow | null }> {
  const read = asFlow(row, row.published + 1, graph)
  const nameOf = (node: string | null): string | null => (node === null ? null : String(draftOf(graph).nodes[node]?.['name'] ?? node))
  if ('faults' in read) return { findings: read.faults.map((f) => ({ code: 'incomplete', severity: 'error' as const, node: f.node, nodeName: nameOf(f.node), field: f.field, text: missingText(f.field) })), flow: null }
  const flows = await db(ctx).selectFrom('telephony_flow').select('id').where('tenant_id', '=', ctx.tenantId).execute()
  const queues = await db(ctx).selectFrom('telephony_queue').select('id').where('tenant_id', '=', ctx.tenantId).execute()
  const data = checkFlowData.parse(await order(ctx.tenantId, null, { kind: 'checkFlow', flow: read.flow, with: { flows: flows.map((f) => f.id), queues: queues.map((q) => q.id) } }))
  return { findings: data.findings.map(inWords), flow: read.flow }
}

const inWords = (finding: FlowFinding) => ({ code: finding.code, severity: finding.severity, node: finding.node, nodeName: finding.nodeName, field: finding.field, text: findingNames[finding.code] ?? `${fieldText(finding.field ?? '')}：${finding.detail}` })

async function publish(ctx: Ctx, row: FlowRow, graph: unknown, note: string | null) {
  const { findings } = await findingsOf(ctx, row, graph)
  const errors = findings.filter((f) => f.severity === 'error')
  if (errors.length > 0) throw telephonyFail('flowFaults', { rule: 'telephony.flowCheck', params: { count: errors.length }, detail: errors.map((f) => `${f.nodeName ? `“${f.nodeName}”` : ''}${f.text}`).join('；'), current: { findings } })
  await storeVersion(ctx, row, graph, note)
  return one(ctx, row.id)
}

/** Makes a version that new calls take; calls that run keep theirs. Used by the shipped flows too, which the exchange checks in its own tests. */
export async function storeVersion(ctx: Ctx, row: Pick<FlowRow, 'id' | 'name' | 'published'>, graph: unknown, note: string | null): Promise<void> {
  const last = await db(ctx).selectFrom('telephony_flow_version').select((eb) => eb.fn.max('number').as('n')).where('tenant_id', '=', ctx.tenantId).where('flow_id', '=', row.id).executeTakeFirst()
  const number = Number(last?.n ?? 0) + 1
  await db(ctx).insertInto('telephony_flow_version').values({ tenant_id: ctx.tenantId, flow_id: row.id, number, graph: json(graph as never), note, published_at: ts(ctx.clock.now()), published_by_name: ctx.actor.name }).execute()
  await db(ctx).updateTable('telephony_flow').set((eb) => ({ published: number, draft: json(graph as never), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'publishVoiceFlow', objectType: 'key:voiceFlow', objectId: row.id, changes: { published: { old: row.published, new: number } }, ...(note ? { text: note } : {}) })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'flows' }))
  ctx.signal('telephony.flows', row.id)
}

async function graphOf(ctx: Ctx, flowId: string, number: number): Promise<unknown> {
  const row = await db(ctx).selectFrom('telephony_flow_version').select('graph').where('tenant_id', '=', ctx.tenantId).where('flow_id', '=', flowId).where('number', '=', number).executeTakeFirst()
  if (!row) throw telephonyFail('versionUnknown')
  return row.graph
}

function checkSize(content: Draft): void {
  if (JSON.stringify(content).length > MAX_BYTES || Object.keys(content.nodes).length > 500) throw kernelErrors('tooLarge')
}

async function update(ctx: Ctx, row: FlowRow, change: object): Promise<void> {
  await db(ctx).updateTable('telephony_flow').set((eb) => ({ ...change, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.signal('telephony.flows', row.id)
}

async function one(ctx: Ctx, id: string) {
  const [view] = await flowViews(ctx, id)
  if (!view) throw telephonyFail('notFound')
  return view
}

