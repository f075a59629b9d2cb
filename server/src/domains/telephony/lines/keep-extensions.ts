// Extensions: whose seat has which number. A desk phone gets a password that is shown once; only digests of it are kept.
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { decrypt, encrypt, randomToken } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { tenantById } from '../../platform/index.ts'
import { exchange } from '../engine/exchange.ts'
import { policyChanged } from '../events.ts'
import { seatUsers } from '../queues/queue.queries.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, requireVersion } from '../telephony.queries.ts'
import type * as contract from './line-contract.ts'
import { lineReach, requireLine } from './line-scope.ts'

type Row = Selectable<TelephonyTables['telephony_extension']>
const SECRET = 'telephony.extension'

/** Realm of a tenant's telephones: `1001@lc.minsheng`. */
export const realmOf = (tenantCode: string): string => `${tenantCode.toLowerCase()}.minsheng`

/** Digests that the exchange needs to know a desk phone (RFC 7616); null for browser seats. */
export function digestsOf(ctx: Pick<Ctx, 'keys'>, row: Pick<Row, 'secret_enc'>): { ha1: string; ha1Sha256: string } | null {
  if (row.secret_enc === null) return null
  const [ha1 = '', ha1Sha256 = ''] = decrypt(ctx.keys, row.secret_enc, SECRET).split(' ')
  return { ha1, ha1Sha256 }
}

async function newSecret(ctx: Ctx, extension: string): Promise<{ password: string; secret_enc: string }> {
  const password = randomToken(12)
  const realm = realmOf((await tenantById(ctx, ctx.tenantId)).code)
  const whole = `${extension}:${realm}:${password}`
  return { password, secret_enc: encrypt(ctx.keys, `${createHash('md5').update(whole).digest('hex')} ${createHash('sha256').update(whole).digest('hex')}`, SECRET) }
}

export async function listExtensions(ctx: Ctx) {
  authorize(ctx, 'telephony.lines')
  const rows = await db(ctx).selectFrom('telephony_extension').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('extension').execute()
  return { items: await views(ctx, rows, null) }
}

async function views(ctx: Ctx, rows: Row[], password: string | null) {
  const [may, users, tenant] = await Promise.all([lineReach(ctx, rows.map((r) => r.unit_id)), seatUsers(ctx), tenantById(ctx, ctx.tenantId)])
  const names = new Map(users.map((u) => [u.id, u.name]))
  const live = exchange.port?.live(ctx.tenantId)?.extensions ?? null
  return rows.map((r) => ({
    id: r.id, extension: r.extension, unitId: r.unit_id, kind: r.kind as 'browser', userId: r.user_id, userName: names.get(r.user_id ?? '') ?? null, enabled: r.enabled, registered: r.kind === 'phone' && live ? live.some((e) => e.user === r.extension && e.registered) : null, mayChange: may(r.unit_id),
    version: r.version, updatedAt: r.updated_at, changedByName: r.changed_by_name, password, realm: realmOf(tenant.code),
  }))
}

export async function addExtension(ctx: Ctx, input: Input<typeof contract.addExtension>) {
  authorize(ctx, 'telephony.lines')
  await requireLine(ctx, input.unitId)
  const taken = await db(ctx).selectFrom('telephony_extension').select('id').where('tenant_id', '=', ctx.tenantId).where('extension', '=', input.extension).executeTakeFirst()
  if (taken) throw telephonyFail('numberTaken', { params: { number: input.extension }, fields: [{ path: 'extension', message: '分机号已存在' }] })
  await checkUser(ctx, input.userId, null)
  const secret = input.kind === 'phone' ? await newSecret(ctx, input.extension) : null
  const id = newId()
  await db(ctx).insertInto('telephony_extension').values({ tenant_id: ctx.tenantId, id, unit_id: input.unitId, extension: input.extension, kind: input.kind, user_id: input.userId, secret_enc: secret?.secret_enc ?? null, enabled: input.enabled, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).execute()
  return told(ctx, id, 'addExtension', secret?.password ?? null)
}

export async function changeExtension(ctx: Ctx, input: Input<typeof contract.changeExtension>) {
  authorize(ctx, 'telephony.lines')
  const row = await lock(ctx, input.id)
  await requireLine(ctx, row.unit_id)
  if (input.unitId !== undefined) await requireLine(ctx, input.unitId)
  requireVersion(row, input.version)
  if (input.userId !== undefined) await checkUser(ctx, input.userId, row.id)
  const kind = input.kind ?? row.kind
  const secret = kind === 'phone' && (input.newPassword || row.secret_enc === null) ? await newSecret(ctx, row.extension) : null
  await db(ctx).updateTable('telephony_extension').set((eb) => ({
    kind, unit_id: input.unitId === undefined ? row.unit_id : input.unitId, user_id: input.userId === undefined ? row.user_id : input.userId, enabled: input.enabled ?? row.enabled, secret_enc: kind === 'browser' ? null : (secret?.secret_enc ?? row.secret_enc), updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, version: eb('version', '+', 1),
  })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return told(ctx, row.id, 'changeExtension', secret?.password ?? null)
}

export async function removeExtension(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.lines')
  const row = await lock(ctx, input.id)
  await requireLine(ctx, row.unit_id)
  await db(ctx).deleteFrom('telephony_extension').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'removeExtension', objectType: 'key:extension', objectId: row.id, text: row.extension })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'lines' }))
  return {}
}

/** One seat, one extension. */
async function checkUser(ctx: Ctx, userId: string | null, own: string | null): Promise<void> {
  if (userId === null) return
  if (!(await seatUsers(ctx)).some((u) => u.id === userId)) throw kernelErrors('invalid', { fields: [{ path: 'userId', message: '所选人员没有话务坐席权限' }] })
  const other = await db(ctx).selectFrom('telephony_extension').select(['id', 'extension']).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId).executeTakeFirst()
  if (other && other.id !== own) throw kernelErrors('invalid', { fields: [{ path: 'userId', message: `该座席已有分机 ${other.extension}` }] })
}

async function lock(ctx: Ctx, id: string): Promise<Row> {
  const row = await db(ctx).selectFrom('telephony_extension').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row
}

async function told(ctx: Ctx, id: string, act: string, password: string | null) {
  const row = await lock(ctx, id)
  ctx.audit({ module: 'telephony', act, objectType: 'key:extension', objectId: id, text: row.extension })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'lines' }))
  const [view] = await views(ctx, [row], password)
  if (!view) throw telephonyFail('notFound')
  return view
}
