// What somebody wants from the robot, by the words of one turn. Pure: no model, no guess beyond these rules.
export type Wish = 'human' | 'progress' | 'appeal' | 'ask' | 'unsolved' | 'thanks'

const rules: readonly [Wish, RegExp][] = [
  ['human', /人工|真人|转客服|找客服|接线员|话务员|跟人说|和人说/],
  ['unsolved', /^(没有?用|没解决|没有解决|不对|不是这个|答非所问|看不懂|没帮助)/],
  ['thanks', /^(谢谢|好的|知道了|明白了|解决了|有用)[。！!]*$/],
  ['progress', /(进度|进展|办到哪|处理得?怎么样|什么时候.*(处理|答复|办好)|查.*(诉求|工单|投诉)|我的(诉求|工单|投诉))/],
  ['appeal', /投诉|举报|反映|求助|建议|表扬|报修|维权|提交诉求|没人管|不管/],
]

/** The first rule that fits; else a question. */
export const wishOf = (text: string): Wish => rules.find(([, rule]) => rule.test(text.trim()))?.[0] ?? 'ask'

const types: readonly [string, RegExp][] = [
  ['report', /举报/], ['complaint', /投诉|维权/], ['suggestion', /建议/], ['praise', /表扬|感谢/], ['help', /求助|报修|反映|没人管|不管/], ['consultation', /咨询|请问|怎么办|如何/],
]
/** The appeal type that the words name, or null. */
export const typeOf = (text: string): string | null => types.find(([, rule]) => rule.test(text))?.[0] ?? null

/** What is left of "我要投诉楼下烧烤店" when how it is said is taken away; the whole when nothing is left. */
export function subjectOf(text: string): string {
  const rest = text.replaceAll(/我(想|要|想要|需要)?|请问|你好|您好|怎么|怎样|如何|哪里|可以|能不能|应该|(投诉|举报|反映|求助|建议|表扬|报修|咨询)(一下)?|[?？。！!，,]/g, ' ').replaceAll(/\s+/g, ' ').trim()
  return rest.length >= 2 ? rest : text.trim()
}

/** Turns without an answer after which a person is offered without being asked for. */
export const MISSES_TO_HUMAN = 2
