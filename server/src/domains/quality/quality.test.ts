// Pure rules: sheets, findings, draws.
import { describe, expect, it } from 'vitest'
import { inspect, isHighRisk, ruleDefinition, type Rule, type Sentence, type Subject } from './rule.ts'
import { drawFrom, drawnOf, shareOut } from './sampling.ts'
import { gradeOf, itemsOf, pointsOf, sheetFault, unscored } from './sheet.ts'
import { shippedRules, shippedSheets } from './shipped.zh-CN.ts'
import { machineScore } from './inspect-batch.ts'
import { masked } from './cases.ts'

const sheetOf = (kind: string) => {
  const found = shippedSheets.find((one) => one.kind === kind)
  if (!found) throw new Error(`no sheet for ${kind}`)
  return found
}
const rule = (definition: object): Rule => ({ id: 'r', version: 1, name: '规则', group: 'g', definition: ruleDefinition.parse({ item: 'patience', points: 5, ...definition }) })
const say = (speaker: 'agent' | 'citizen', startMs: number, endMs: number, text: string): Sentence => ({ id: `${startMs}`, speaker, startMs, endMs, text })
const talk = (...sentences: Sentence[]): Subject => ({ sentences, talkMs: 60_000, fields: {}, lateClocks: [], returns: 0 })
const order = (fields: Subject['fields'], more: Partial<Subject> = {}): Subject => ({ sentences: [], talkMs: null, fields, lateClocks: [], returns: 0, ...more })
const notes = (subject: Subject, condition: object): string[] => inspect(subject, [rule({ condition })]).map((one) => one.note)

describe('评分表', () => {
  it.each(shippedSheets.map((one) => [one.name, one] as const))('随产品提供的%s有五个一级、十五个二级指标，合计一百分', (_, { definition }) => {
    expect(sheetFault(definition)).toBeNull()
    expect(definition.groups).toHaveLength(5)
    expect(itemsOf(definition).filter((one) => !one.fatal)).toHaveLength(15)
  })
  it('分值合计不是满分的不能发布', () => {
    const { definition } = sheetOf('call')
    expect(sheetFault({ ...definition, fullScore: 90 })).toMatchObject({ message: '各指标分值合计 100，应为 90' })
  })
  it('一项扣到零为止，否决项使整单为零', () => {
    const { definition } = sheetOf('call')
    expect(pointsOf(definition, { deductions: [{ item_code: 'patience', points: 8 }, { item_code: 'patience', points: 8 }], fatal: [] })).toBe(90)
    expect(pointsOf(definition, { deductions: [], fatal: ['veto'] })).toBe(0)
    expect([90, 89, 79, 0].map((one) => gradeOf(definition, one))).toEqual(['优秀', '良好', '合格', '不合格'])
  })
  it('必评项没有评分的都列出来', () => {
    expect(unscored(sheetOf('call').definition, ['policy', 'patience', 'demand']).map((one) => one.name)).toEqual(['要素完整'])
  })
})

describe('规则', () => {
  it('禁用语只看座席说的，指出句子和时间', () => {
    const found = inspect(talk(say('citizen', 0, 900, '不归我们管是什么意思'), say('agent', 1000, 1900, '这个不归我们管。')), [rule({ condition: { kind: 'forbidden', words: ['不归我们管'] } })])
    expect(found.map((one) => [one.atMs, one.quote, one.note])).toEqual([[1000, '这个不归我们管。', '说了“不归我们管”']])
  })
  it('必说语在开头没有说到就扣在第一句', () => {
    const words = ['您好']
    expect(notes(talk(say('agent', 0, 900, '喂'), say('agent', 5000, 6000, '您好')), { kind: 'required', words, where: 'start', sentences: 1 })).toEqual(['开头没有说“您好”'])
    expect(notes(talk(say('agent', 0, 900, '您好')), { kind: 'required', words, where: 'start' })).toEqual([])
  })
  it('话术要按顺序说', () => {
    const c = { kind: 'sequence', words: ['问候', '核实', '致谢'] }
    expect(notes(talk(say('agent', 0, 1, '问候'), say('agent', 2, 3, '核实'), say('agent', 4, 5, '致谢')), c)).toEqual([])
    expect(notes(talk(say('agent', 0, 1, '核实'), say('agent', 2, 3, '问候')), c)).toEqual(['没有依次说到“核实”'])
  })
  it('静默从前一句说完算起，抢话看重叠，语速按一轮话算', () => {
    expect(inspect(talk(say('agent', 0, 2000, '您好'), say('citizen', 1000, 9000, '长'), say('agent', 31_000, 32_000, '好')), [rule({ condition: { kind: 'silence', seconds: 20 } })]).map((one) => [one.atMs, one.note])).toEqual([[9000, '静默 22 秒']])
    expect(notes(talk(say('citizen', 0, 5000, '我想问'), say('agent', 3000, 4000, '说吧'), say('citizen', 6000, 9000, '还有'), say('agent', 7000, 8000, '知道')), { kind: 'interruption', overlapMs: 600, times: 2 })).toEqual(['抢话 2 次', '抢话 2 次'])
    expect(notes(talk(say('agent', 0, 4000, '一二三四五六七八九十一二三四五六七八九十一二三四五六')), { kind: 'rate', perMinute: 300 })).toEqual(['语速每分钟 390 字，上限 300 字'])
  })
  it('工单没有地址、答复缺处理结果、正文留有身份证号都指出字段，号码不抄进结果', () => {
    expect(notes(order({ address: ' ' }), { kind: 'field', field: 'address' })).toEqual(['地址未填'])
    expect(notes(order({ reply: '您好，您反映的问题收到。' }), { kind: 'reply', parts: ['found', 'done'] })).toEqual(['答复缺少：核实情况、处理结果'])
    const [found] = inspect(order({ content: '身份证 110101199003074512 请核实' }), [rule({ condition: { kind: 'openNumber' } })])
    expect(found?.note).toBe('内容里留有身份证号')
    expect(found?.quote).not.toContain('199003')
  })
  it('没有答复的工单不按答复规则扣分', () => expect(notes(order({ reply: null }), { kind: 'reply', parts: ['done'], characters: 30 })).toEqual([]))
  it('超时和退单来自办理过程', () => {
    expect(notes(order({}, { lateClocks: [{ kind: 'handling', text: '办理超时 60 分钟' }] }), { kind: 'late' })).toEqual(['办理超时 60 分钟'])
    expect(notes(order({}, { returns: 2 }), { kind: 'returned', times: 2 })).toEqual(['退单 2 次'])
  })
  it('高等级敏感词和严重扣分须人工复核，轻微的不用', () => {
    const finding = (d: object) => inspect(talk(say('citizen', 0, 1, '我要上访')), [rule({ condition: { kind: 'sensitive', words: ['上访'] }, ...d })])
    expect(isHighRisk(finding({}))).toBe(true)
    expect(isHighRisk(inspect(talk(say('agent', 0, 1, '嗯嗯')), [rule({ condition: { kind: 'forbidden', words: ['嗯嗯'] } })]))).toBe(false)
  })
  it('词库规则：一字不差和夹着空格的都算，等级决定严重程度，否决的规则仍是否决，只查所选类别', () => {
    const words = (text: string) => [{ word: '上访', category: '信访', grade: 'high' as const, from: text.indexOf('上'), to: text.indexOf('访') + 1 }, { word: '办不了', category: '推诿', grade: 'low' as const, from: text.indexOf('办'), to: text.indexOf('了') + 1 }, { word: '呵呵', category: '', grade: null, from: text.indexOf('呵'), to: text.indexOf('呵') + 2 }].filter((one) => one.from >= 0)
    const found = (definition: object, subject: Subject) => inspect(subject, [{ ...rule({ severity: 'serious', ...definition, condition: { kind: 'lexicon', speaker: 'both', ...('condition' in definition ? definition.condition as object : {}) } }), words }])
    const spokenWords = talk(say('agent', 1000, 2000, '这个办不了'), say('citizen', 3000, 4000, '我要上 访'), say('agent', 5000, 6000, '呵呵'))
    expect(found({}, spokenWords).map((one) => [one.atMs, one.note, one.rule.definition.severity])).toEqual([[1000, '质检关键词“办不了”', 'light'], [3000, '质检关键词“上访”', 'serious'], [5000, '质检关键词“呵呵”', 'serious']])
    expect(found({ severity: 'fatal' }, spokenWords).map((one) => one.rule.definition.severity)).toEqual(['fatal', 'fatal', 'fatal'])
    expect(found({ condition: { category: '推诿' } }, spokenWords)).toHaveLength(1)
    expect(found({}, order({ reply: '您好，这件事办不了。' })).map((one) => [one.field, one.note])).toEqual([['reply', '答复第 7 字起有质检关键词“办不了”']])
  })
  it('随产品提供的规则都指向评分表里有的指标', () => {
    for (const one of shippedRules) {
      const sheet = sheetOf(one.kind)
      expect(itemsOf(sheet.definition).map((item) => item.code), one.name).toContain(one.definition.item)
      expect(ruleDefinition.safeParse(one.definition).success).toBe(true)
    }
  })
  it('辱骂一票否决', () => {
    const { id, name, kind, definition } = sheetOf('call')
    const rules = shippedRules.filter((one) => one.kind === 'call').map((one) => ({ id: one.id, version: 1, name: one.name, group: one.group, definition: ruleDefinition.parse(one.definition) }))
    expect(machineScore({ id, number: 1, name, kind, definition, state: 'active', shipped: true, at: null, byName: null }, inspect(talk(say('agent', 0, 1, '你有毛病')), rules))).toMatchObject({ points: 0, fatal: ['veto'] })
  })
})

describe('抽样', () => {
  it('比例四舍五入，至少一件，不超过总数', () => {
    const ratio = (value: number) => ({ by: 'ratio' as const, value, perAgent: false })
    expect([drawnOf(ratio(15), 10), drawnOf(ratio(15), 97), drawnOf(ratio(1), 3), drawnOf(ratio(100), 7), drawnOf({ by: 'number', value: 50, perAgent: false }, 7), drawnOf(ratio(10), 0)]).toEqual([2, 15, 1, 7, 7, 0])
  })
  it('同一种子抽出同样的对象，换种子就不同', () => {
    const items = Array.from({ length: 50 }, (_, i) => ({ id: `o${i}` }))
    const ids = (seed: string) => drawFrom(items, seed, 10).map((one) => one.id)
    expect(ids('a')).toEqual(ids('a'))
    expect(ids('a')).not.toEqual(ids('b'))
  })
  it('平均派发，本人的不派给本人', () => {
    const shared = shareOut([{ id: '1', agentId: 'x' }, { id: '2', agentId: 'x' }, { id: '3', agentId: null }], [{ id: 'x', load: 0 }, { id: 'y', load: 1 }])
    expect([...shared.entries()]).toEqual([['1', 'y'], ['2', 'y'], ['3', 'x']])
    expect(shareOut([{ id: '1', agentId: 'x' }], [{ id: 'x', load: 0 }]).get('1')).toBeNull()
  })
})

it('案例文字里没有号码和姓氏', () => expect(masked('张先生电话13812345678，3号楼')).toBe('某先生电话******，3号楼'))
