import { describe, expect, test } from 'vitest'
import { blank, bodyOf, choicesOf, choose, gapsOf, isAnswers, toggleReason } from './answers.ts'
import type { Answers, Question } from './answers.ts'

const grades = [{ code: 'satisfied', name: '满意', satisfied: 'yes' as const }, { code: 'basically', name: '基本满意', satisfied: 'yes' as const }, { code: 'dissatisfied', name: '不满意', satisfied: 'no' as const }]
const say = (answers: Answers, question: Question, key: number): Answers => {
  const choice = choicesOf(question, grades)[key - 1]
  if (!choice) throw new Error(`no key ${key}`)
  return choose(answers, question, choice)
}
const allGood = say(say(say({ ...blank, wayNote: '手机拨打' }, 'contacted', 1), 'solved', 1), 'satisfied', 2)

describe('回访问卷', () => {
  test('没有注明联系方式时不能保存，且最先说明', () => {
    expect(gapsOf({ ...allGood, wayNote: '  ' }, false)).toEqual(['way'])
    expect(bodyOf('1', { ...allGood, wayNote: '' }, false)).toBeUndefined()
  })

  test('话务接入后电话就是联系方式', () => {
    expect(bodyOf('1', { ...allGood, wayNote: '' }, true)).toMatchObject({ way: 'call' })
    expect(bodyOf('1', allGood, true)).toMatchObject({ way: 'otherWay', wayNote: '手机拨打' })
  })

  test('满意的等级带上是否满意，未表态没有等级', () => {
    expect(bodyOf('1', allGood, false)).toMatchObject({ contacted: 'yes', solved: 'yes', satisfied: 'yes', grade: 'basically' })
    const silent = bodyOf('1', say(allGood, 'satisfied', 4), false)
    expect(silent).toMatchObject({ satisfied: 'notStated' })
    expect(silent?.grade).toBeUndefined()
  })

  test('不满意要有原因或意见', () => {
    const bad = say(allGood, 'satisfied', 3)
    expect(gapsOf(bad, false)).toEqual(['reasons'])
    expect(gapsOf({ ...bad, opinion: '没有人来' }, false)).toEqual([])
    expect(gapsOf(toggleReason(bad, '办理不及时'), false)).toEqual([])
  })

  test('原因最多三项，再点一次取消', () => {
    const four = ['甲', '乙', '丙', '丁'].reduce(toggleReason, say(allGood, 'solved', 2))
    expect(four.reasons).toEqual(['甲', '乙', '丙'])
    expect(toggleReason(four, '乙').reasons).toEqual(['甲', '丙'])
  })

  test('改答满意后，原因和非本事项不再发送', () => {
    const bad = { ...toggleReason(say(allGood, 'solved', 2), '办理不及时'), attributable: false, notAttributableReason: '是邻里纠纷' }
    expect(bodyOf('1', bad, false)).toMatchObject({ attributable: false, notAttributableReason: '是邻里纠纷', reasons: ['办理不及时'] })
    expect(bodyOf('1', say(bad, 'solved', 1), false)).toMatchObject({ attributable: true, reasons: [] })
  })

  test('认定非本事项要说明理由', () => {
    expect(gapsOf({ ...say(allGood, 'solved', 2), opinion: '不满', attributable: false }, false)).toEqual(['notAttributable'])
  })

  test('读不懂的草稿不用', () => {
    expect(isAnswers(JSON.parse(JSON.stringify(allGood)))).toBe(true)
    expect(isAnswers({ reasons: 'x' })).toBe(false)
    expect(isAnswers(null)).toBe(false)
  })
})
