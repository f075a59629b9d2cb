// Models as people keep them: delivered ones to copy, own ones with every version, shared ones for all who may query.
import { can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { authorize } from '../../../kernel/access.ts'
import { leavesOf, operatorNames, parseConditions } from '../../orders/index.ts'
import { db } from '../catalogue.ts'
import { dataFail } from '../data.errors.ts'
import { checkModel } from './compile-model.ts'
import { bases, offered, opsOf, type Base } from './model-bases.ts'
import type * as contract from './model-contract.ts'
import { definition, type ModelDefinition } from './model.ts'
import { modelWords } from './models.zh-CN.ts'
import { shippedModels } from './shipped-models.ts'

type Full = Output<typeof contract.modelRoute>
type Head = Output<typeof contract.modelsRoute>['items'][number]
const MOST_LISTED = 500

export async function listModelBases(ctx: Ctx): Promise<Output<typeof contract.modelBasesRoute>> {
  authorize(ctx, 'data.read')
  const field = (f: ReturnType<typeof offered>[number]) => ({
    key: f.key, label: f.label, group: f.group, kind: f.kind, rulesOnly: false, shown: f.only !== 'where', groups: f.only !== 'where' && f.kind !== 'instant', where: f.only !== 'shown',
    ops: (f.only === 'shown' ? (['empty', 'filled'] as const) : opsOf[f.kind]).map((code) => ({ code, label: operatorNames[code] })), choices: Object.entries(f.choices ?? {}).map(([value, label]) => ({ value, label })),
  })
  return { items: [...bases.values()].filter((b) => can(ctx, b.needs)).map((b) => ({ key: b.key, label: b.label, object: b.object, fields: offered(ctx, b).map(field) })) }
}

/** Kept models this reader may open: his own, and shared ones. */
const mine = (ctx: Ctx) => db(ctx).selectFrom('data_model as m').innerJoin('data_model_version as v', (j) => j.onRef('v.tenant_id', '=', 'm.tenant_id').onRef('v.id', '=', 'm.id').onRef('v.version', '=', 'm.version'))
  .select(['m.id', 'm.name', 'm.description', 'm.owner_id', 'm.owner_name', 'm.shared', 'm.version', 'm.changed_at', 'v.definition']).where('m.tenant_id', '=', ctx.tenantId).where('m.removed', '=', false)
  .where((eb) => eb.or([eb('m.owner_id', '=', userId(ctx)), eb('m.shared', '=', true)]))
type Row = Awaited<ReturnType<ReturnType<typeof mine>['execute']>>[number]

const head = (ctx: Ctx, row: Row): Head => {
  const { base } = definition.parse(row.definition)
  const own = row.owner_id === ctx.actor.id
  return { id: row.id, name: row.name, description: row.description, base, baseName: bases.get(base)?.label ?? base, shipped: false, shared: row.shared, own, mayEdit: own || can(ctx, 'data.manage'), ownerName: row.owner_name, version: row.version, changedAt: row.changed_at }
}
const delivered = ({ id, name, description, definition: d }: (typeof shippedModels)[number]): Head => ({ id, name, description, base: d.base, baseName: bases.get(d.base)?.label ?? d.base, shipped: true, shared: true, own: false, mayEdit: false, ownerName: modelWords.delivered, version: 1, changedAt: null })

/** A model is listed to whoever may read what it is about. */
export async function listModels(ctx: Ctx): Promise<Output<typeof contract.modelsRoute>> {
  authorize(ctx, 'data.read')
  const kept = (await mine(ctx).orderBy('m.changed_at', 'desc').limit(MOST_LISTED).execute()).map((row) => head(ctx, row))
  const readable = (h: Head): boolean => { const base = bases.get(h.base); return base !== undefined && can(ctx, base.needs) }
  return { items: [...shippedModels.map(delivered), ...kept].filter(readable) }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
async function rowOf(ctx: Ctx, id: string): Promise<Row> {
  const row = UUID.test(id) ? await mine(ctx).where('m.id', '=', id).executeTakeFirst() : undefined
  if (!row) throw dataFail('unknownModel')
  return row
}

/** @throws data.modelWithheld where a condition stands on a field above the reader's right: without it he would see other rows than were meant */
export async function showModel(ctx: Ctx, input: { id: string; version?: number | undefined }): Promise<Full> {
  authorize(ctx, 'data.read')
  const shipped = shippedModels.find((m) => m.id === input.id)
  if (shipped) return { ...delivered(shipped), ...within(ctx, shipped.definition), shownVersion: 1, versions: [] }
  const row = await rowOf(ctx, input.id)
  const versions = await db(ctx).selectFrom('data_model_version').select(['version', 'name', 'at', 'by_name as byName', 'definition']).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).orderBy('version', 'desc').limit(100).execute()
  const wanted = input.version === undefined ? row.definition : versions.find((v) => v.version === input.version)?.definition
  if (wanted === undefined) throw dataFail('unknownModel')
  return { ...head(ctx, row), ...within(ctx, definition.parse(wanted)), shownVersion: input.version ?? row.version, versions: versions.map(({ definition: _of, ...v }) => v) }
}

function within(ctx: Ctx, d: ModelDefinition): Pick<Full, 'definition' | 'withheld'> {
  const base = bases.get(d.base)
  const above = (key: string): boolean => { const needs = base?.fields.get(key)?.needs; return needs !== undefined && !can(ctx, needs) }
  const labels = (base_: Base | undefined, keys: readonly string[]): string[] => [...new Set(keys)].map((key) => base_?.fields.get(key)?.label ?? key)
  const inConditions = [...leavesOf(parseConditions(d.where)).map((l) => l.field), ...d.controls.filter((c) => c.enabled).map((c) => c.field)].filter(above)
  if (inConditions.length > 0) throw dataFail('modelWithheld', { params: { fields: labels(base, inConditions).join('、') } })
  const keep = (keys: readonly string[]): string[] => keys.filter((key) => !above(key))
  const { sort, ...rest } = d
  return {
    withheld: labels(base, [...d.fields, ...d.groups, ...d.measures.flatMap((m) => m.field ?? [])].filter(above)),
    definition: { ...rest, fields: keep(d.fields), groups: keep(d.groups), measures: d.measures.filter((m) => m.field === undefined || !above(m.field)), controls: d.controls.filter((c) => !above(c.field)), names: Object.fromEntries(Object.entries(d.names).filter(([key]) => !above(key))), ...(sort !== undefined && !above(sort.replace(/^-/, '')) ? { sort } : {}) },
  }
}

const recorded = (ctx: Ctx, act: string, id: string, changes: Record<string, { old: unknown; new: unknown }>): void => ctx.audit({ module: 'data', act, objectType: 'queryModel', objectId: id, changes })

async function keepVersion(ctx: Ctx, id: string, version: number, input: { name: string; definition: ModelDefinition }): Promise<void> {
  await db(ctx).insertInto('data_model_version').values({ tenant_id: ctx.tenantId, id, version, name: input.name, definition: json(input.definition as never), at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
}

export async function createModel(ctx: Ctx, input: Input<typeof contract.createModelRoute>): Promise<Full> {
  authorize(ctx, 'data.read')
  checkModel(ctx, input.definition)
  const id = newId()
  await db(ctx).insertInto('data_model').values({ tenant_id: ctx.tenantId, id, name: input.name, description: input.description, owner_id: userId(ctx), owner_name: ctx.actor.name, shared: input.shared, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).execute()
  await keepVersion(ctx, id, 1, input)
  recorded(ctx, 'createModel', id, { name: { old: null, new: input.name }, shared: { old: null, new: input.shared } })
  return showModel(ctx, { id })
}

async function editable(ctx: Ctx, id: string): Promise<Row> {
  const row = await rowOf(ctx, id)
  await db(ctx).selectFrom('data_model').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().execute()
  if (!head(ctx, row).mayEdit) throw kernelErrors('forbidden', { rule: 'data.manage', params: { permission: row.owner_name } })
  return rowOf(ctx, id)
}

/** A change is a new version; the former ones stay readable. @throws kernel.conflict when somebody changed it meanwhile */
export async function changeModel(ctx: Ctx, input: Input<typeof contract.changeModelRoute>): Promise<Full> {
  authorize(ctx, 'data.read')
  if (shippedModels.some((m) => m.id === input.id)) throw kernelErrors('forbidden', { params: { permission: modelWords.copyInstead } })
  checkModel(ctx, input.definition)
  const row = await editable(ctx, input.id)
  if (row.version !== input.version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.owner_name, changedAt: row.changed_at } })
  await keepVersion(ctx, row.id, row.version + 1, input)
  await db(ctx).updateTable('data_model').set({ name: input.name, description: input.description, shared: input.shared, version: row.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  recorded(ctx, 'changeModel', row.id, { name: { old: row.name, new: input.name }, shared: { old: row.shared, new: input.shared }, definition: { old: row.definition, new: input.definition } })
  return showModel(ctx, { id: row.id })
}

export async function removeModel(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'data.read')
  if (shippedModels.some((m) => m.id === input.id)) throw kernelErrors('forbidden', { params: { permission: modelWords.copyInstead } })
  const row = await editable(ctx, input.id)
  await db(ctx).updateTable('data_model').set({ removed: true, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  recorded(ctx, 'removeModel', row.id, { name: { old: row.name, new: null } })
  return {}
}
