import { sql, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { randomToken } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors, type FieldError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { appealTypes, findMatter } from '../../matters/index.ts'
import { afterCursor, areaExists, areaNames, boundCount, nextPage, setting, tenantById } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { hotlineNumber, portalAddress } from '../settings.ts'
import type { IntakeTables } from '../tables.gen.ts'
import type * as contract from './qr-contract.ts'

export type QrRow = Selectable<IntakeTables['intake_qr']>
const kindNames: Record<contract.QrView['kind'], string> = { general: '通用', place: '场所', enterprise: '企业', unit: '单位', campaign: '活动' }
const notices = { off: '这个二维码已停用', early: '这个二维码还没有启用', over: '这个二维码已过期' } as const

/** Pure: whether a code may be used at a moment. */
export function qrState(row: { enabled: boolean; valid_from_at: Instant | null; valid_until_at: Instant | null }, now: Instant): contract.QrView['state'] {
  if (!row.enabled) return 'off'
  if (row.valid_from_at !== null && now < row.valid_from_at) return 'early'
  return row.valid_until_at !== null && now >= row.valid_until_at ? 'over' : 'on'
}

async function views(ctx: Ctx, rows: QrRow[]): Promise<contract.QrView[]> {
  const base = (await setting(ctx, portalAddress)).replace(/\/+$/, '')
  const areas = await areaNames(ctx, rows.flatMap((r) => r.area_code ?? []))
  const matters = new Map<string, string>()
  for (const id of new Set(rows.flatMap((r) => r.matter_id ?? []))) matters.set(id, (await findMatter(ctx, id))?.name ?? '')
  return rows.map((r) => ({
    id: r.id, code: r.code, name: r.name, kind: r.kind as contract.QrView['kind'], kindName: kindNames[r.kind as contract.QrView['kind']], appealType: r.appeal_type, matterId: r.matter_id, matterName: r.matter_id ? (matters.get(r.matter_id) ?? null) : null,
    areaCode: r.area_code, areaName: r.area_code ? (areas.get(r.area_code) ?? null) : null, address: r.address, subject: r.subject, validFrom: r.valid_from_at, validUntil: r.valid_until_at, enabled: r.enabled, state: qrState(r, ctx.clock.now()),
    scans: r.scans, submissions: r.submissions, url: base === '' ? null : `${base}/q/${r.code}`, createdBy: r.created_by_name, createdAt: r.created_at, version: r.version,
  }))
}

async function one(ctx: Ctx, row: QrRow): Promise<contract.QrView> {
  const [view] = await views(ctx, [row])
  if (!view) throw kernelErrors('notFound')
  return view
}

export async function listQr(ctx: Ctx, input: Input<typeof contract.listQr>): Promise<Output<typeof contract.listQr>> {
  authorize(ctx, 'intake.qr')
  let query = db(ctx).selectFrom('intake_qr').where('tenant_id', '=', ctx.tenantId)
  if (input.kind) query = query.where('kind', '=', input.kind)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.created_at)
  return { items: await views(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

export async function getQr(ctx: Ctx, input: Input<typeof contract.getQr>): Promise<Output<typeof contract.getQr>> {
  authorize(ctx, 'intake.qr')
  const row = await db(ctx).selectFrom('intake_qr').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return { ...(await one(ctx, row)), centreName: (await tenantById(ctx, ctx.tenantId)).name, hotline: await setting(ctx, hotlineNumber) }
}

type Fields = Input<typeof contract.addQr>

async function columns(ctx: Ctx, input: Fields) {
  const fields: FieldError[] = []
  if (input.appealType && !(await appealTypes(ctx)).some((t) => t.id === input.appealType)) fields.push({ path: 'appealType', message: '诉求类型不存在或已停用' })
  if (input.matterId && (await findMatter(ctx, input.matterId))?.status !== 'effective') fields.push({ path: 'matterId', message: '诉求事项未生效或已下架' })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) fields.push({ path: 'areaCode', message: '区划不存在' })
  if (input.validFrom !== null && input.validUntil !== null && input.validUntil <= input.validFrom) fields.push({ path: 'validUntil', message: '结束时间须晚于开始时间' })
  if (input.kind !== 'general' && !input.subject) fields.push({ path: 'subject', message: '请填写场所、企业、单位或活动名称' })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  return {
    name: input.name, kind: input.kind, appeal_type: input.appealType || null, matter_id: input.matterId, area_code: input.areaCode || null, address: input.address || null, subject: input.subject || null,
    valid_from_at: input.validFrom === null ? null : ts(input.validFrom), valid_until_at: input.validUntil === null ? null : ts(input.validUntil), enabled: input.enabled,
  }
}

export async function addQr(ctx: Ctx, input: Fields): Promise<contract.QrView> {
  authorize(ctx, 'intake.qr')
  const row = await db(ctx).insertInto('intake_qr').values({ tenant_id: ctx.tenantId, id: newId(), code: randomToken(9), ...(await columns(ctx, input)), created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()) }).returningAll().executeTakeFirstOrThrow()
  return one(ctx, row)
}

export async function changeQr(ctx: Ctx, input: Input<typeof contract.changeQr>): Promise<contract.QrView> {
  authorize(ctx, 'intake.qr')
  const old = await db(ctx).selectFrom('intake_qr').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!old) throw kernelErrors('notFound')
  if (old.version !== input.version) throw kernelErrors('conflict', { current: await one(ctx, old) })
  const row = await db(ctx).updateTable('intake_qr').set({ ...(await columns(ctx, input)), version: old.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).returningAll().executeTakeFirstOrThrow()
  return one(ctx, row)
}

const byCode = (ctx: Ctx, code: string) => db(ctx).selectFrom('intake_qr').selectAll().where('tenant_id', '=', ctx.tenantId).where('code', '=', code).executeTakeFirst()

/** An expired code says so and fills in nothing; a scan is counted while the code may be used. */
export async function scanQr(ctx: Ctx, input: Input<typeof contract.scanQr>): Promise<Output<typeof contract.scanQr>> {
  const row = await byCode(ctx, input.code)
  if (!row) throw kernelErrors('notFound')
  const state = qrState(row, ctx.clock.now())
  if (state !== 'on') return { notice: notices[state], name: row.name, subject: null, appealType: null, matter: null, area: null, address: null }
  await db(ctx).updateTable('intake_qr').set({ scans: sql<number>`scans + 1` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const matter = row.matter_id ? await findMatter(ctx, row.matter_id) : null
  const area = row.area_code ? (await areaNames(ctx, [row.area_code])).get(row.area_code) : null
  return {
    notice: null, name: row.name, subject: row.subject, appealType: row.appeal_type, address: row.address,
    matter: matter && matter.status === 'effective' ? { id: matter.id, name: matter.name, path: matter.directoryPath } : null, area: row.area_code && area ? { code: row.area_code, name: area } : null,
  }
}

/** The code of a submission. @throws kernel.invalid for one that may not be used now: what it would fill in is no longer true */
export async function usableQr(ctx: Ctx, code: string): Promise<QrRow> {
  const row = await byCode(ctx, code)
  const state = row ? qrState(row, ctx.clock.now()) : 'off'
  if (!row || state !== 'on') throw kernelErrors('invalid', { fields: [{ path: 'qrCode', message: notices[state === 'on' ? 'off' : state] }] })
  return row
}

export async function countQrSubmission(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).updateTable('intake_qr').set({ submissions: sql<number>`submissions + 1` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}
