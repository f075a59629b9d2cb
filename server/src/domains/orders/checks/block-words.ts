// Words of the store in texts of orders: block words may not go out with a closing or a reply (WAR-13), sensitive ones are shown while registering.
import type { Ctx } from '../../../kernel/ctx.ts'
import { checkSafety } from '../../ai/index.ts'
import { wordsIn } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import { orderFail } from '../orders.errors.ts'
import type { Fields, Finding } from '../proofread/proofread.ts'

/** @throws order.blockedWords naming each word at its field */
export async function refuseBlocked(ctx: Ctx, orderId: string, texts: Readonly<Record<string, string | null | undefined>>): Promise<void> {
  const order = await db(ctx).selectFrom('order_order').select('number').where('tenant_id', 'in', ctx.actor.tenantIds).where('id', '=', orderId).executeTakeFirst()
  const fields = []
  for (const [path, text] of Object.entries(texts)) {
    const found = text ? (await checkSafety(ctx, { scene: 'reply', text, objectType: 'order', objectId: order?.number ?? orderId })).hits.filter((hit) => hit.decision === 'block') : []
    if (found.length > 0) fields.push({ path, message: `请去掉：${[...new Set(found.map((hit) => hit.word))].join('、')}` })
  }
  if (fields.length > 0) throw orderFail('blockedWords', { rule: 'words.block', fields })
}

const grades = { high: '高', medium: '中', low: '低' } as const

/** Beside the form: which sensitive words the caller's account holds. Nothing is refused. */
export async function sensitiveFindings(ctx: Ctx, fields: Fields): Promise<Finding[]> {
  const hits = [...(await wordsIn(ctx, fields.title, ['sensitive'])).map((hit) => ({ field: 'title', hit })), ...(await wordsIn(ctx, fields.content, ['sensitive'])).map((hit) => ({ field: 'content', hit }))]
  return hits.slice(0, 8).map(({ field, hit }) => ({ field, rule: 'sensitiveWord', message: `敏感词“${hit.word}”${[hit.category, hit.grade ? `等级${grades[hit.grade]}` : ''].filter(Boolean).map((one) => `，${one}`).join('')}`, found: hit.word, proposed: null, value: null, confidence: 1 }))
}
