import { expect, test } from 'vitest'
import { emotionOf } from './emotion.ts'

const plain: Record<'negative' | 'neutral' | 'positive', string[]> = {
  neutral: ['人民路路面破损严重，请修复', '咨询公积金提取需要什么材料', '小区停水三天了，希望尽快恢复供水', '夜间施工噪音大，影响休息，请处理', '路灯不亮，存在安全隐患', '反映某超市出售过期食品，要求查处', '请问医保报销比例是多少', '建议在路口增设红绿灯', '希望能安排医生坐诊，谢谢！'],
  negative: ['多次反映无人处理，物业互相推诿，业主非常气愤', '工作人员态度恶劣，简直欺人太甚！！', '对处理结果不满意', '这家公司就是骗子，坑害老百姓', '打了十几次电话都是敷衍，太让人失望了', '我们老人实在苦不堪言，求助无门', '凭什么只罚我一家，太过分了', '街道不作为，强烈不满'],
  positive: ['感谢供热公司师傅连夜抢修，非常满意', '窗口工作人员热情耐心，特此表扬', '问题已解决，很高兴，谢谢你们', '对社区的工作表示感激，解了燃眉之急', '点赞城管队员，办事高效', '居委会负责任，大家都很欣慰'],
}
const ironic = ['真是感谢你们，让我们在冷屋子里过了一个年', '好一个为民服务，三年了还是没修好', '呵呵，这办事效率真满意', '感谢物业，至今垃圾都没人清', '你们可真会踢皮球，佩服', '“高效”办理了半年，点赞']

test('平实的投诉为中性，不满、满意各归其类，三类宏平均不低于 0.85', () => {
  const recall = (Object.keys(plain) as (keyof typeof plain)[]).map((kind) => plain[kind].filter((text) => emotionOf(text).polarity === kind).length / plain[kind].length)
  expect(recall[0]).toBe(1)
  expect(recall.reduce((a, b) => a + b, 0) / recall.length).toBeGreaterThanOrEqual(0.85)
})
test('反话另行标出并降低把握：不当作表扬', () => {
  const read = ironic.map((text) => emotionOf(text))
  expect(read.filter((one) => one.ironic).length).toBeGreaterThanOrEqual(5)
  expect(read.filter((one) => one.polarity === 'positive')).toEqual([])
})
test('否定词翻转，程度词加重，给出所依据的词；本站的词也算；空文本和超长文本不出错', () => {
  expect(emotionOf('不满意')).toMatchObject({ polarity: 'negative' })
  expect(emotionOf('我并不生气，只想问问进度').polarity).toBe('neutral')
  expect(emotionOf('非常满意').confidence).toBeGreaterThan(emotionOf('满意').confidence)
  expect(emotionOf('非常气愤').words).toEqual(['非常气愤'])
  expect(emotionOf('这事太闹心').polarity).toBe('neutral')
  expect(emotionOf('这事太闹心', [{ word: '闹心', weight: -2 }])).toMatchObject({ polarity: 'negative', words: ['太闹心'] })
  expect(emotionOf('')).toEqual({ polarity: 'neutral', strength: 0, confidence: 1, words: [], ironic: false })
  expect(emotionOf('气愤'.repeat(100_000)).polarity).toBe('negative')
})
