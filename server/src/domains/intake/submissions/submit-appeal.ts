// One appeal of a citizen with a verified mobile becomes one order that waits in the common desk (INT-05, ORD-21).
import { sql } from 'kysely'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatDuration } from '../../../kernel/time/index.ts'
import { findMatter, limitFor, type Matter } from '../../matters/index.ts'
import { createOrder, readOrderRow, type OrderRow } from '../../orders/index.ts'
import { setting } from '../../platform/index.ts'
import { db, ID_NUMBER, isRegistered, ownAccount, phoneContext, type AccountRow } from '../accounts/account.queries.ts'
import { completeAnswers } from '../assist/assist-submission.ts'
import type { ChannelCode } from '../channels/channel.ts'
import { openChannel } from '../channels/channel-register.ts'
import { submittingEnterprise, type EnterpriseRow } from '../enterprises/enterprise.queries.ts'
import { stateNames } from '../enterprises/enterprise.ts'
import { appealSubmitted } from '../events.ts'
import { wechatApps } from '../identities/wechat-accounts.ts'
import { intakeFail } from '../intake.errors.ts'
import { prepareCharge } from '../prepaid/ledger.ts'
import { countQrSubmission, usableQr, type QrRow } from '../qr/qr-codes.ts'
import { endDialogue, lockDialogue } from '../robot/dialogue.ts'
import { realNameRequired, submissionLimit } from '../settings.ts'
import { intakeTexts } from '../texts.zh-CN.ts'
import { admit } from '../throttle.ts'
import { titleOf, withAnswers } from './submission.ts'
import type * as contract from './submission-contract.ts'

type Submitting = Input<typeof contract.submitAppealRoute>
type Answer = Output<typeof contract.submitAppealRoute>

export async function submitAppeal(ctx: Ctx, input: Submitting): Promise<Answer> {
  const account = await ownAccount(ctx)
  // Two sends of one draft at the same moment: the second waits here for the first and finds its order.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`submission:${account.id}:${input.clientKey}`}, 0))`.execute(ctx.acrossTenants('a lock has no tenant'))
  const earlier = await db(ctx).selectFrom('intake_submission').select('order_id').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', account.id).where('client_key', '=', input.clientKey).executeTakeFirst()
  if (earlier) return answerOf(ctx, await readOrderRow(ctx, earlier.order_id), true)
  const qr = input.qrCode ? await usableQr(ctx, input.qrCode) : null
  const channel = await openChannel(ctx, qr ? 'qr' : await entryOf(ctx, input))
  if (channel.maxFiles !== null && input.fileIds.length > channel.maxFiles) throw kernelErrors('invalid', { fields: [{ path: 'fileIds', message: `最多 ${channel.maxFiles} 个附件` }] })
  if ((await setting(ctx, realNameRequired)) && !isRegistered(account)) throw intakeFail('realNameRequired', { rule: realNameRequired.key })
  const enterprise = input.enterpriseId ? await submittingEnterprise(ctx, input.enterpriseId, (state) => stateNames[state]) : null
  await admitSubmission(ctx, account)
  const charge = enterprise ? await prepareCharge(ctx, enterprise) : null
  const matter = input.matterId ? await findMatter(ctx, input.matterId, { appealType: input.appealType }) : null
  const { answers, gaps } = await completeAnswers(ctx, input)
  const order = await createOrder(ctx, registrationOf(ctx, { ...input, answers }, account, { matter, qr, channel: channel.code, gaps, enterprise }))
  await db(ctx)
    .insertInto('intake_submission')
    .values({ tenant_id: ctx.tenantId, id: newId(), account_id: account.id, client_key: input.clientKey, order_id: order.id, channel: channel.code, answers: json(answers), gaps, ...(input.assist ? { raw_text: input.assist.raw, raw_file_id: input.assist.fileId ?? null, machine: json(input.assist.machine.map((m) => ({ ...m, final: finalOf(input, m.field) }))) } : {}), enterprise_id: enterprise?.id ?? null, joined: input.joined, qr_id: qr?.id ?? null, created_at: ts(ctx.clock.now()) })
    .execute()
  await charge?.(order)
  if (qr) await countQrSubmission(ctx, qr.id)
  const asked = input.robot ? await lockDialogue(ctx, input.robot.dialogueId, input.robot.device) : null
  if (asked) await endDialogue(ctx, asked.id, 'order', { orderId: order.id })
  if (account.name === '' && input.name !== '') await db(ctx).updateTable('intake_account').set({ name: input.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', account.id).execute()
  ctx.publish(appealSubmitted({ orderId: order.id, number: order.number, channel: channel.code, joined: input.joined }))
  ctx.signal('desk.channels', order.id)
  return answerOf(ctx, order, false)
}

/** A page inside WeChat counts as the official account or the mini program only where the centre has one. */
async function entryOf(ctx: Ctx, input: Submitting): Promise<Submitting['entry']> {
  if (input.entry === 'portal' || input.entry === 'app') return input.entry
  return (await wechatApps(ctx)).includes(input.entry) ? input.entry : 'portal'
}

async function admitSubmission(ctx: Ctx, account: AccountRow): Promise<void> {
  const limit = await setting(ctx, submissionLimit)
  await admit(ctx, { kind: 'submitPhone', value: account.phone_hash, max: limit.phonePerHour, minutes: 60 })
  await admit(ctx, { kind: 'submitPhoneDay', value: account.phone_hash, max: limit.phonePerDay, minutes: 24 * 60 })
  await admit(ctx, { kind: 'submitAddress', value: ctx.ip ?? '', max: limit.addressPerHour, minutes: 60 })
}

type With = { matter: Matter | null; qr: QrRow | null; channel: ChannelCode; gaps: readonly string[]; enterprise: EnterpriseRow | null }

/** The verified mobile is the contact: another number would show its owner an order that is not his. */
function registrationOf(ctx: Ctx, input: Submitting, account: AccountRow, { matter, qr, channel, gaps, enterprise }: With): Parameters<typeof createOrder>[1] {
  const names = new Map(matter?.elements.map((e) => [e.code, e.name]))
  const answers = input.answers.flatMap((a) => (names.has(a.code) ? [{ name: names.get(a.code) ?? '', value: a.value }] : []))
  return {
    channel, triage: 'waiting', appealType: input.appealType, ...(input.matterId ? { matterId: input.matterId } : {}), title: titleOf(input.content), content: withAnswers(input.content, answers),
    areaCode: input.areaCode, ...(input.address ? { address: input.address } : {}), ...(input.lon !== undefined && input.lat !== undefined ? { lon: input.lon, lat: input.lat } : {}),
    // A record of its own for the enterprise: the mobile alone would find the person's.
    requester: enterprise ? { subjectKind: 'enterprise', anonymous: false, name: enterprise.name, phone: decrypt(ctx.keys, account.phone_enc, phoneContext), otherPhones: [], idType: 'creditCode', idNumber: enterprise.credit_code } : {
      subjectKind: 'person', anonymous: false, name: account.name || input.name, phone: decrypt(ctx.keys, account.phone_enc, phoneContext), otherPhones: [],
      ...(account.id_number_enc ? { idType: account.id_type ?? 'residentId', idNumber: decrypt(ctx.keys, account.id_number_enc, ID_NUMBER) } : {}),
    },
    ...(enterprise ? { enterprise: true, enterpriseCode: enterprise.credit_code, enterpriseName: enterprise.name, extent: input.extent ?? 'one' } : {}),
    requesterCount: 1, urgency: 'normal', confidential: input.confidential, callbackWanted: input.callbackManner !== 'none', callbackManner: input.callbackManner, fileIds: input.assist?.fileId ? [...new Set([...input.fileIds, input.assist.fileId])] : input.fileIds, formRequired: true, ...(input.formData ? { formData: input.formData } : {}),
    ...(qr || gaps.length > 0 ? { extra: { ...(qr ? { qrCode: qr.code, qrName: qr.name, ...(qr.subject ? { qrSubject: qr.subject } : {}) } : {}), ...(gaps.length > 0 ? { gaps: gaps.join('、') } : {}) } } : {}),
    ...remarksOf(input, qr, gaps),
  }
}

/** What was sent in the place of a proposal. */
function finalOf(input: Submitting, field: string): string {
  const answer = field.startsWith('answers.') ? input.answers.find((a) => `answers.${a.code}` === field)?.value : undefined
  const sent: unknown = answer ?? Reflect.get(input, field)
  return typeof sent === 'string' ? sent : ''
}

function remarksOf(input: Submitting, qr: QrRow | null, gaps: readonly string[]): { remarks?: string } {
  const said = [gaps.length > 0 ? intakeTexts.gaps.replace('{names}', gaps.join('、')) : '', input.joined ? intakeTexts.joined : '', qr ? intakeTexts.scanned.replace('{name}', qr.subject ? `${qr.name}（${qr.subject}）` : qr.name) : ''].filter((s) => s !== '')
  return said.length > 0 ? { remarks: said.join('；') } : {}
}

async function answerOf(ctx: Ctx, order: OrderRow, repeated: boolean): Promise<Answer> {
  const limit = await limitFor(ctx, { matterId: order.matter_id, appealType: order.appeal_type, urgency: order.urgency, clock: 'handling' })
  const next = [intakeTexts.nextReview, intakeTexts.nextHandle, ...(limit ? [intakeTexts.nextLimit.replace('{limit}', formatDuration(limit.duration))] : []), intakeTexts.nextRate]
  return { number: order.number, enquiryCode: order.enquiry_code, title: order.title, repeated, next }
}
