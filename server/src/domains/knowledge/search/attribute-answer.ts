// "How long does X take": the thing and the attribute are matched, the answer is the field or the one sentence of the valid text that says it (KNO-22).
import type { Ctx } from '../../../kernel/ctx.ts'
import { askedWords } from '../../../kernel/text/index.ts'
import { blocksOf } from '../document.ts'
import { contentOf, versionRow } from '../items/item.queries.ts'
import { factsOf, type FactLabel } from '../stock/facts.ts'
import { typesOf } from '../types/types.ts'

export type Answer = { attribute: string; value: string; itemId: string; title: string; version: number; citation: string; from: 'field' | 'text' }
type Asked = { name: string; pattern: RegExp; fields: readonly string[]; fact?: FactLabel }

const attributes: readonly Asked[] = [
  { name: '办理时限', pattern: /要?多久|多长时间|要?几天|多少天|时限|什么时候(?:能|可以)?(?:办好|办完|拿到)/, fields: ['limit'], fact: 'limit' },
  { name: '收费标准', pattern: /多少钱|收费(?:标准|吗|多少)?|要钱吗|费用(?:多少|标准)?|免费吗|工本费/, fields: ['fee'], fact: 'fee' },
  { name: '办理材料', pattern: /(?:要|需要|带)?(?:什么|哪些)(?:材料|资料|证件|东西)|材料清单|带什么/, fields: ['materials'] },
  { name: '办理条件', pattern: /(?:有)?什么条件|(?:哪些|什么)人(?:可以|能)|谁(?:可以|能)|条件是什么|资格/, fields: ['conditions'] },
  { name: '办理流程', pattern: /流程|步骤|怎么办理/, fields: ['process'] },
  { name: '办公时间', pattern: /几点(?:上班|下班|开门|关门)?|上班时间|工作时间|办公时间|营业时间/, fields: ['hours'], fact: 'hours' },
  { name: '地点', pattern: /在哪(?:里|儿)?(?:办|办理)?|去哪(?:里|儿)?(?:办|办理)?|什么地方|地址|地点/, fields: ['place', 'address'] },
  { name: '电话', pattern: /电话(?:是)?(?:多少|号码)?|联系方式|怎么联系/, fields: ['phone'], fact: 'phone' },
  { name: '责任单位', pattern: /(?:归|由)?(?:哪个|什么)(?:部门|单位|局)(?:管|负责|办理)?|谁负责|谁管/, fields: ['unit', 'issuer'] },
]
const LOOKED_AT = 3
/** Of the words of the thing that stand in the name. */
const NAMED = 0.5

/** Of the first hits whose name holds the thing asked about; read from the version that holds now, so nothing old is ever answered. */
export async function answerTo(ctx: Ctx, q: string, hits: readonly { id: string; title: string; version: number }[]): Promise<Answer | null> {
  const asked = attributes.find((one) => one.pattern.test(q))
  if (!asked) return null
  const words = askedWords(q.replace(asked.pattern, ' ')).filter((word) => word.length >= 2)
  if (words.length === 0) return null
  for (const hit of hits.slice(0, LOOKED_AT)) {
    if (words.filter((word) => hit.title.toLowerCase().includes(word)).length / words.length < NAMED) continue
    const version = await versionRow(ctx, hit.id, hit.version)
    if (!version) continue
    const content = contentOf(version)
    const field = asked.fields.find((key) => (content.fields[key] ?? '').trim() !== '')
    const base = { itemId: hit.id, title: content.title, version: version.number, citation: version.citation }
    if (field) return { ...base, attribute: (await typesOf(ctx)).find((one) => one.code === content.typeCode)?.fields.find((one) => one.key === field)?.label ?? asked.name, value: (content.fields[field] ?? '').slice(0, 400), from: 'field' }
    const fact = asked.fact ? factsOf({ id: hit.id, version: version.number, title: content.title, typeCode: content.typeCode, matterIds: [], areaCode: null, fields: content.fields, blocks: blocksOf(content.body).map((block) => block.text) }).find((one) => one.label === asked.fact) : undefined
    if (fact) return { ...base, attribute: asked.name, value: fact.passage, from: 'text' }
  }
  return null
}
