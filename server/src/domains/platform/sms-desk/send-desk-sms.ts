// Sending SMS by hand: who gets it, what it says, what stands against it; nothing goes out before all is in order.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize, userId } from '../../../kernel/access.ts'
import { decrypt, isTelephone, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { mobilesOf } from '../users/user-mobile.ts'
import { queueSms } from '../messages/send-sms.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './contract.ts'
import { smsDeskErrors } from './sms-desk.errors.ts'
import { wordsIn } from '../words/words.ts'
import { fillText, partsOf, signed } from './sms-text.ts'

const SEND = 'platform.sendSms'

export const signatureSetting = defineSetting({ key: 'sms.signature', label: '短信签名', help: '模板没有签名时用它，显示为【签名】', schema: z.string().trim().max(20), fallback: '12345', scope: 'tenant' })
export const mostSetting = defineSetting({ key: 'sms.deskMost', label: '短信台一次最多人数', schema: z.int().min(1).max(5000), fallback: 500, scope: 'tenant' })

type Order = Input<typeof contract.sendDeskSms>
type Recipient = { name: string | null; phone: string }
type Prepared = { text: string; templateName: string | null; recipients: Recipient[]; sensitive: string[]; bad: Output<typeof contract.checkSmsSend>['bad'] }

async function prepare(ctx: Ctx, order: Order): Promise<Prepared> {
  const body = await textOf(ctx, order)
  const bad: Prepared['bad'] = [...body.missing.map((name) => ({ to: `{${name}}`, message: '占位符没有填写' })), ...body.unknown.map((name) => ({ to: `{${name}}`, message: '模板中没有这个占位符' }))]
  const found = new Map<string, Recipient>()
  for (const one of [...(await people(ctx, order, bad)), ...(await duties(ctx, order, bad)), ...typed(order, bad)]) if (!found.has(one.phone)) found.set(one.phone, one)
  return { text: body.text, templateName: body.templateName, recipients: [...found.values()], sensitive: (await wordsIn(ctx, body.text, ['sensitive', 'block'])).map((hit) => hit.word), bad }
}

async function textOf(ctx: Ctx, order: Order): Promise<{ text: string; missing: string[]; unknown: string[]; templateName: string | null }> {
  const signature = await setting(ctx, signatureSetting)
  if (order.templateId === undefined) {
    if (order.text === undefined) throw smsDeskErrors('smsNoText', { fields: [{ path: 'text', message: '请选择模板或填写内容' }] })
    return { ...fillText(signed(order.text, signature), order.params), templateName: null }
  }
  const template = await ctx.db<PlatformTables>().selectFrom('platform_sms_template').select(['name', 'text', 'signature']).where('tenant_id', '=', ctx.tenantId).where('id', '=', order.templateId).where('state', '=', 'approved').executeTakeFirst()
  if (!template) throw smsDeskErrors('smsTemplateUnusable', { fields: [{ path: 'templateId', message: '模板不存在、已停用或未审批' }] })
  return { ...fillText(signed(template.text, template.signature || signature), order.params), templateName: template.name }
}

/** Active people of the own tenant: those named, and members of the groups named. */
async function people(ctx: Ctx, order: Order, bad: Prepared['bad']): Promise<Recipient[]> {
  const { rows } = await sql<{ id: string; name: string }>`select u.id, u.name from platform_user u where u.tenant_id = ${ctx.tenantId} and u.state = 'active' and (u.id = any(${order.userIds}::uuid[])
    or exists (select 1 from platform_group_member m join platform_group g on g.tenant_id = m.tenant_id and g.id = m.group_id and g.state = 'active' where m.tenant_id = u.tenant_id and m.user_id = u.id and m.group_id = any(${order.groupIds}::uuid[])))
    order by u.staff_no`.execute(ctx.db())
  for (const id of order.userIds) if (!rows.some((row) => row.id === id)) bad.push({ to: id, message: '人员不存在或已停用' })
  const mobiles = await mobilesOf(ctx, rows.map((row) => row.id))
  return rows.flatMap((row) => {
    const phone = mobiles.get(row.id)
    if (phone === undefined) bad.push({ to: row.name, message: '没有登记手机号' })
    return phone === undefined ? [] : [{ name: row.name, phone }]
  })
}

async function duties(ctx: Ctx, order: Order, bad: Prepared['bad']): Promise<Recipient[]> {
  if (order.dutyContactIds.length === 0) return []
  const rows = await ctx.db<PlatformTables>().selectFrom('platform_duty_contact').select(['id', 'name', 'mobile_enc']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', order.dutyContactIds).execute()
  for (const id of order.dutyContactIds) if (!rows.some((row) => row.id === id)) bad.push({ to: id, message: '联系人不存在' })
  return rows.map((row) => ({ name: row.name, phone: decrypt(ctx.keys, row.mobile_enc, 'platform_duty_contact.mobile') }))
}

function typed(order: Order, bad: Prepared['bad']): Recipient[] {
  return order.numbers.filter((number) => number !== '').flatMap((number) => {
    const phone = normalisePhone(number)
    if (isTelephone(phone)) return [{ name: null, phone }]
    bad.push({ to: number, message: '号码不正确' })
    return []
  })
}

export async function checkSmsSend(ctx: Ctx, input: Input<typeof contract.checkSmsSend>): Promise<Output<typeof contract.checkSmsSend>> {
  authorize(ctx, SEND)
  const { text, recipients, sensitive, bad } = await prepare(ctx, input)
  return { text, length: [...text].length, parts: partsOf(text), recipients: recipients.length, sensitive, bad }
}

/** @throws platform.smsNotReady naming every unknown variable and invalid number, platform.smsSensitive, platform.smsTooMany */
export async function sendDeskSms(ctx: Ctx, input: Order): Promise<Output<typeof contract.sendDeskSms>> {
  authorize(ctx, SEND)
  const ready = await prepare(ctx, input)
  if (ready.bad.length > 0) throw smsDeskErrors('smsNotReady', { detail: ready.bad.slice(0, 5).map((one) => `${one.to}：${one.message}`).join('；'), current: { bad: ready.bad } })
  if (ready.sensitive.length > 0) throw smsDeskErrors('smsSensitive', { rule: 'words.sensitive', params: { words: ready.sensitive.join('、') }, fields: [{ path: 'text', message: `含敏感词：${ready.sensitive.join('、')}` }] })
  const most = await setting(ctx, mostSetting)
  if (ready.recipients.length === 0) throw smsDeskErrors('smsNobody', { fields: [{ path: 'userIds', message: '请选择收信人' }] })
  if (ready.recipients.length > most) throw smsDeskErrors('smsTooMany', { rule: mostSetting.key, params: { most } })
  const batchId = newId()
  const at = ts(ctx.clock.now())
  for (const one of ready.recipients) {
    const smsId = await queueSms(ctx, { phone: one.phone, template: 'desk', text: ready.text, objectType: 'smsBatch', objectId: batchId })
    await ctx.db<PlatformTables>().insertInto('platform_sms_send').values({ tenant_id: ctx.tenantId, sms_id: smsId, batch_id: batchId, sent_by: userId(ctx), sent_by_name: ctx.actor.name, to_name: one.name, template_name: ready.templateName, created_at: at }).execute()
  }
  ctx.audit({ module: 'platform', act: 'sendDeskSms', objectType: 'smsBatch', objectId: batchId, text: `发送短信 ${ready.recipients.length} 条：${ready.recipients.slice(0, 5).map((one) => one.name ?? maskPhone(one.phone)).join('、')}${ready.recipients.length > 5 ? ' 等' : ''}` })
  return { batchId, sent: ready.recipients.length }
}
