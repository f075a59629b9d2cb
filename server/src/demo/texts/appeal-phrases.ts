/** How appeals begin, go on and end, by voice: an agent writes down a call, or people write themselves. */
import type { AppealTypeCode } from '../appeal-types.ts'

type Kind = 'trouble' | 'question' | 'idea' | 'praise'

/** Which way of speaking an appeal type takes. */
export function kindOf(type: AppealTypeCode): Kind {
  if (type === 'consultation') return 'question'
  if (type === 'suggestion') return 'idea'
  return type === 'praise' ? 'praise' : 'trouble'
}

export const staffOpenings: Record<AppealTypeCode, string[]> = {
  consultation: ['市民来电咨询：', '来电人咨询：', '市民咨询：', '诉求人咨询：', '来电人想了解：', ''],
  help: ['市民来电反映：', '来电人反映：', '市民反映：', '诉求人反映：', '市民来电求助：', '来电反映：', '', ''],
  complaint: ['市民来电反映：', '来电人反映：', '市民投诉：', '市民来电投诉：', '诉求人反映：', '来电人称，', '', ''],
  report: ['市民来电举报：', '来电人举报：', '市民举报：', '匿名来电举报：', '诉求人反映：', ''],
  suggestion: ['市民来电建议：', '来电人建议：', '市民建议：', '诉求人提出建议：', ''],
  praise: ['市民来电表扬：', '来电人表扬：', '市民来电表示感谢：', ''],
  other: ['市民来电反映：', '来电人反映：'],
}

export const staffHistories = [
  '来电人此前已向有关单位反映过，问题一直没有解决。',
  '诉求人表示[多次|前后三次]反映，每次答复都是正在处理，现场没有变化。',
  '来电人称[上个月|半个月前]打过热线，回复已转办，至今没有人联系。',
  '问题反复出现，处理一次好几天，过后又是老样子。',
  '来电人自行联系过相关人员，对方[让等消息|推说不归自己管]。',
]

export const staffWishes: Record<Kind, string[]> = {
  trouble: ['希望相关部门{wish}。', '诉求：{wish}。', '来电人要求{wish}。', '来电人希望{wish}。', '请相关部门{wish}。', '现来电请求{wish}。', '望{wish}。', '请{wish}。'],
  question: ['请予解答。', '请相关部门答复。', '请给予政策解释。', '希望得到明确答复。', '请核实后回复来电人。', ''],
  idea: ['建议{wish}。', '来电人建议{wish}。', '希望有关部门研究，{wish}。', '建议相关部门{wish}。'],
  praise: ['希望有关单位{wish}。', '来电人希望{wish}。', '特来电表示感谢，希望{wish}。'],
}

/** For sayings without a wish of their own. */
export const plainWishes = ['尽快核实处理', '派人到现场看一看', '给一个明确答复', '尽快解决']

export const staffEndings = ['', '', '', '', '', '请核实处理并回复。', '来电人要求回复处理结果。', '来电人要求尽快处理。', '诉求人要求处理后电话告知。']
export const reportEndings = ['', '', '来电人要求对个人信息保密。', '举报人要求保密。', '请勿透露举报人信息。']

/** Ways in which people write themselves. */
export type Tone = 'polite' | 'plain' | 'angry' | 'elderly' | 'short'

export const toneWeights: readonly (readonly [Tone, number])[] = [
  ['polite', 30], ['plain', 28], ['angry', 14], ['elderly', 12], ['short', 16],
]

export const ownOpenings: Record<Tone, string[]> = {
  polite: ['您好，', '你好，', '您好！', '工作人员您好，', '尊敬的工作人员，您好！', '你们好，反映一个情况。', '领导好，'],
  plain: ['', '', '反映一个问题：', '想反映一下：', '情况是这样的：'],
  angry: ['', '实在忍不了了，', '到底有没有人管？', '这个事已经说了很久了，', '真的很气愤，'],
  elderly: ['同志你好，我是{社区}的老住户，今年{68-83}岁了。', '同志，我是退休职工，有个事想麻烦你们。', '你好同志，我今年{70-84}了，不会写什么，就说说这个事。', '我老伴和我都七十多了，这个事没有别的办法，只好找你们。'],
  short: ['', '', '', ''],
}

export const ownQuestionOpenings: Record<Tone, string[]> = {
  ...ownOpenings,
  plain: ['', '', '想咨询一下：', '请问，', '咨询个事：'],
  angry: ['', '想问清楚，', '打了几个电话都没问明白，'],
  polite: ['您好，', '你好，想咨询一下，', '您好，请教一个问题：', '工作人员您好，', '您好！'],
  short: ['', '', '请问，', '问一下，'],
}

export const ownIdeaOpenings = ['', '您好，提一个建议：', '提个小建议。', '你好，有个想法供参考：', '作为本地居民提个建议：']
export const ownPraiseOpenings = ['', '您好，想表扬一下。', '特意来说声感谢。', '今天想夸一夸身边的好人。']

export const ownHistories: Record<Tone, string[]> = {
  polite: ['之前也反映过一次，后来没有下文，只好再来反映。', '已经跟相关的人沟通过，一直没能解决。'],
  plain: ['之前打过电话，说会处理，到现在还是老样子。', '我在网上反映过一次，回复说正在协调，后来就没有消息了。', '找过社区，社区说他们也没有办法。'],
  angry: ['反映了不下五次，每次都是一句“已转办”，什么都没变！', '上次回复说已经处理完了，处理在哪里？', '推来推去，没有一个部门肯认账。'],
  elderly: ['我跑了好几趟，腿脚不好，实在跑不动了。', '找过他们，人家都说不归自己管，我也弄不明白。'],
  short: ['说过几次没人理。', '反映过，没用。'],
}

export const ownWishes: Record<Tone, string[]> = {
  polite: ['希望能{wish}，谢谢！', '恳请相关部门{wish}，感谢！', '麻烦你们{wish}，辛苦了。', '希望有关部门{wish}。'],
  plain: ['希望{wish}。', '请相关部门{wish}。', '希望有关部门{wish}。', '请帮忙协调，{wish}。'],
  angry: ['要求{wish}！', '请相关部门{wish}，不要再拖了！', '必须{wish}，给老百姓一个交代！'],
  elderly: ['请你们帮帮忙，{wish}，谢谢了。', '求政府{wish}，给你们添麻烦了。', '盼着你们{wish}。'],
  short: ['请{wish}。', '希望{wish}。', '{wish}，谢谢。'],
}

export const ownQuestionEndings = ['谢谢！', '麻烦解答一下，谢谢。', '盼回复。', '', '', '希望能给个准信。', '先谢谢了。']
export const ownIdeaWishes = ['建议{wish}。', '能不能{wish}？', '希望能{wish}。', '建议{wish}，方便大家。']
export const ownPraiseWishes = ['希望{wish}。', '真的很感动，希望{wish}。', '希望单位{wish}。']
