// A public item told to a caller by SMS: its name, its citation and the part that answers; so many a day and person (KNO-29).
import { authorize, userId } from '../../../kernel/access.ts'
import { maskPhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { startOfDay } from '../../../kernel/time/index.ts'
import { calendarOf, sendSms, setting } from '../../platform/index.ts'
import { blocksOf } from '../document.ts'
import { whyUnusable } from '../items/item.ts'
import { todayOf, watcherOf } from '../items/item.policy.ts'
import { contentOf, db, ITEM, trail, versionRow } from '../items/item.queries.ts'
import { readableItem, standingOf } from '../items/read-item.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { sendCap } from '../settings.ts'
import type * as contract from './evidence-contract.ts'

const MOST = 300

export async function sendItem(ctx: Ctx, input: Input<typeof contract.sendItem>): Promise<{ left: number }> {
  authorize(ctx, 'knowledge.read')
  const item = await readableItem(ctx, input.id, await watcherOf(ctx))
  const why = item.audience === 'public' ? whyUnusable(standingOf(item), await todayOf(ctx)) : '不是公开知识'
  if (why) throw knowledgeFail('notSendable', { params: { title: item.title, why } })
  const [most, { timeZone }] = [await setting(ctx, sendCap), await calendarOf(ctx)]
  const { n } = await db(ctx).selectFrom('knowledge_trail').select((e) => e.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('act', '=', 'send').where('by_id', '=', userId(ctx)).where('at', '>=', ts(startOfDay(await todayOf(ctx), timeZone))).executeTakeFirstOrThrow()
  if (Number(n) >= most) throw knowledgeFail('sendCap', { rule: sendCap.key, params: { most } })
  const version = await versionRow(ctx, item.id, item.version_number ?? 0)
  if (!version) throw kernelErrors('notFound')
  const content = contentOf(version)
  const said = input.part || content.summary || blocksOf(content.body).map((block) => block.text).join('')
  await sendSms(ctx, { phone: input.phone, template: 'knowledge', params: { title: version.citation || content.title, text: said.slice(0, MOST) }, objectType: ITEM, objectId: item.id })
  await trail(ctx, { itemId: item.id, act: 'send', text: maskPhone(input.phone), data: { version: version.number } })
  return { left: most - Number(n) - 1 }
}
