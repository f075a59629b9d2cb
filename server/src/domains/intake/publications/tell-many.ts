// What was published, told to many accounts: into the message centre and, through it, to the bound channel; a few hundred at a time.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db } from '../accounts/account.queries.ts'
import { wechatConfig } from '../identities/wechat-accounts.ts'
import { intakeFail } from '../intake.errors.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import type * as contract from './publication-contract.ts'
import { shownPublications } from './read-publications.ts'

type Payload = { tenantId: string; publicationIds: string[]; once: string; bound: boolean; after: string | null }
const STEP = 200

export const tellManyJob = defineJob<Payload>({
  name: 'intake.tellMany',
  schema: z.object({ tenantId: z.uuid(), publicationIds: z.array(z.uuid()).min(1).max(8), once: z.string(), bound: z.boolean(), after: z.uuid().nullable() }),
  maxAttempts: 5,
  run: (begin, payload) => begin((ctx) => tellSome(inTenant(ctx, payload.tenantId), payload)),
})

/** The next few hundred accounts; each is told once, however often this runs. What was withdrawn meanwhile is not told. */
async function tellSome(ctx: Ctx, payload: Payload): Promise<void> {
  const shown = await shownPublications(ctx).select(['id', 'title', 'summary']).where('id', 'in', payload.publicationIds).execute()
  const items = payload.publicationIds.flatMap((id) => shown.find((one) => one.id === id) ?? [])
  const [first] = items
  if (!first) return
  let query = db(ctx).selectFrom('intake_account as a').select('a.id').where('a.tenant_id', '=', ctx.tenantId).where('a.state', '=', 'active')
  if (payload.after) query = query.where('a.id', '>', payload.after)
  if (payload.bound) query = query.where((eb) => eb.exists(eb.selectFrom('intake_identity as i').select('i.id').whereRef('i.tenant_id', '=', 'a.tenant_id').whereRef('i.account_id', '=', 'a.id').where('i.provider', '=', 'officialAccount')))
  const accounts = await query.orderBy('a.id').limit(STEP).execute()
  const told = items.length === 1 ? { title: first.title, text: first.summary, link: `/news/${first.id}` } : { title: `${first.title}等 ${items.length} 条`, text: items.map((one) => one.title).join('；'), link: '/news' }
  for (const account of accounts) await tellCitizen(ctx, { accountId: account.id, kind: 'policy', ...told, objectId: payload.once })
  const last = accounts.at(-1)
  if (last && accounts.length === STEP) ctx.enqueue(tellManyJob, { ...payload, after: last.id })
}

export const announce = (ctx: Ctx, publicationId: string): void => ctx.enqueue(tellManyJob, { tenantId: ctx.tenantId, publicationIds: [publicationId], once: publicationId, bound: false, after: null })

/** Chosen by hand, for instance the most read: one message to everybody who bound the official account and did not opt out. */
export async function pushPublications(ctx: Ctx, input: Input<typeof contract.pushPublications>): Promise<Output<typeof contract.pushPublications>> {
  authorize(ctx, 'intake.publish')
  const config = await wechatConfig(ctx, 'officialAccount')
  if (!config || config.templateId === '') throw intakeFail('publicationNoAccount')
  const ids = [...new Set(input.ids)]
  const shown = await shownPublications(ctx).select('id').where('id', 'in', ids).execute()
  if (shown.length !== ids.length) throw kernelErrors('invalid', { fields: [{ path: 'ids', message: '只能推送已发布的内容' }] })
  await db(ctx).updateTable('intake_publication').set({ pushed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
  const { n } = await db(ctx).selectFrom('intake_identity').select(sql<number>`count(*)::int`.as('n')).where('tenant_id', '=', ctx.tenantId).where('provider', '=', 'officialAccount').executeTakeFirstOrThrow()
  ctx.audit({ module: 'intake', act: 'pushPublications', objectType: 'publication', objectId: ids[0] ?? '', text: `推送 ${ids.length} 条` })
  ctx.enqueue(tellManyJob, { tenantId: ctx.tenantId, publicationIds: ids, once: `push:${newId()}`, bound: true, after: null })
  return { bound: n }
}
