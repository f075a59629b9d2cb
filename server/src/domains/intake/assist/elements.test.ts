import { expect, test } from 'vitest'
import { answerProblem, isNoise, readElement, standardForm, type Element } from './elements.ts'
import { addressIn, areasIn, summaryOf, tidy, timeIn } from '../../ai/index.ts'

const element = (name: string, type: Element['type'] = 'text', options: string[] = []): Element => ({ code: name, name, type, options })

test.each([
  ['昨天晚上十点楼下还在施工', '昨天晚上十点'], ['从上周开始没有暖气', '从上周开始'], ['11月20日下午3点发生的', '11月20日下午3点'], ['已经三天没水了', '三天'], ['路灯不亮', null],
])('“%s”里的时间', (text, time) => {
  expect(timeIn(text)?.value ?? null).toBe(time)
})

test.each([
  ['我住在汇文路12号院3号楼，没有暖气', '汇文路12号院3号楼'], ['阳光花园小区2栋电梯坏了', '阳光花园小区2栋'], ['昨天晚上十点汇文路12号院旁边的工地', '汇文路12号院'], ['没有暖气', null],
])('“%s”里的地点', (text, place) => {
  expect(addressIn(text)?.value ?? null).toBe(place)
})

const areas = [
  { code: '990100', name: '澜川市', fullName: '宁原省澜川市' }, { code: '990101', name: '江北区', fullName: '宁原省澜川市江北区' }, { code: '990102', name: '江南区', fullName: '宁原省澜川市江南区' },
  { code: '990101001', name: '河湾街道', fullName: '江北区河湾街道' }, { code: '990102001', name: '河湾街道', fullName: '江南区河湾街道' },
]
test('说了区的同名街道认在那个区里，没说区就不确定', () => {
  expect(areasIn('江北区河湾街道的路灯', areas)[0]).toMatchObject({ code: '990101001', confidence: expect.any(Number) })
  expect(areasIn('江北区河湾街道的路灯', areas)[0]?.confidence).toBeGreaterThan(0.7)
  expect(areasIn('河湾街道的路灯', areas).every((a) => a.confidence <= 0.6)).toBe(true)
  expect(areasIn('江南的路灯', areas)[0]).toMatchObject({ code: '990102', confidence: 0.7 })
  expect(areasIn('路灯', areas)).toEqual([])
  expect(areasIn('江南路12号', areas)).toEqual([])
})

test('整理只去掉口头语和重复标点，事实一字不改', () => {
  expect(tidy('嗯，那个，我家  没有暖气，，，就是，三天了！！！')).toBe('我家 没有暖气，三天了！')
  expect(tidy('15 度')).toBe('15 度。')
})

test('摘要取前面说得完的句子', () => {
  expect(summaryOf('没有暖气。已经三天。')).toBe('没有暖气。已经三天。')
  expect([...summaryOf('字'.repeat(200))].length).toBe(60)
})

test('从描述里读出要素，读不出就留空', () => {
  expect(readElement(element('发生时间'), '昨天晚上开始没水')?.value).toContain('昨天晚上')
  expect(readElement(element('事发地点'), '汇文路12号院没水')?.value).toBe('汇文路12号院')
  expect(readElement(element('室温', 'number'), '家里室温只有15.5度')?.value).toBe('15.5')
  expect(readElement(element('停水原因', 'choice', ['管道破裂', '欠费停水']), '说是管道破裂')?.value).toBe('管道破裂')
  expect(readElement(element('涉及金额'), '被骗了3,000元')?.value).toBe('3,000元')
  expect(readElement(element('经办人'), '没水')).toBeNull()
})

test.each([
  [element('发生时间'), '啊啊啊啊', true], [element('发生时间'), '不知道怎么说', true], [element('发生时间'), '昨天', false], [element('发生地点'), 'asdf', true], [element('发生地点'), '东门', false],
  [element('人数', 'number'), '好多', true], [element('人数', 'number'), '1,200', false], [element('日期', 'date'), '后天', true], [element('日期', 'date'), '2026年11月2日', false], [element('类型', 'choice', ['甲', '乙']), '丙', true], [element('经办人'), '', false],
])('%o 的回答“%s”要不要再问：%s', (one, value, again) => {
  expect(answerProblem(one, value) !== null).toBe(again)
})

test('标准写法和乱打的字', () => {
  expect(standardForm(element('日期', 'date'), '2026年11月2日')).toBe('2026-11-02')
  expect(standardForm(element('人数', 'number'), '１,２００')).toBe('1200')
  for (const noise of ['。。。', 'qwert', 'sdfgh', '111111']) expect(isNoise(noise)).toBe(true)
  for (const real of ['是', 'KFC店', '王师傅', '3']) expect(isNoise(real)).toBe(false)
})
