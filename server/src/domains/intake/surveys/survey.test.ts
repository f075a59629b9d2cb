import { expect, test } from 'vitest'
import { answerProblems, countsOf, crossOf, questionProblems, type Answers, type Question } from './survey.ts'

const q = (id: string, type: Question['type'], more: Partial<Question> = {}): Question => ({ id, type, title: id, required: true, options: [], max: null, ...more })
const sex = q('sex', 'single', { options: ['男', '女'] })
const ways = q('ways', 'multiple', { options: ['电话', '网上', '窗口'], max: 2, required: false })
const mark = q('mark', 'scale')

test('题目本身不成立的指出是第几题', () => {
  expect(questionProblems([sex, ways, mark])).toEqual([])
  expect(questionProblems([q('a', 'single', { options: ['甲', '甲'] })])[0]?.message).toContain('第 1 题')
  expect(questionProblems([sex, sex]).map((p) => p.path)).toEqual(['questions.1.id'])
  expect(questionProblems([q('s', 'scale', { max: 11 })])).toHaveLength(1)
})

test.each([
  [{ sex: '男', mark: 5 }, []], [{ mark: 5 }, ['sex']], [{ sex: '其他', mark: 5 }, ['sex']], [{ sex: '男', mark: 6 }, ['mark']], [{ sex: '男', mark: 2.5 }, ['mark']],
  [{ sex: '男', mark: 1, ways: ['电话', '网上', '窗口'] }, ['ways']], [{ sex: '男', mark: 1, ways: ['电话', '电话'] }, ['ways']], [{ sex: '男', mark: 1, other: 'x' }, ['other']],
])('答卷 %o 有问题的题：%o', (answers, wrong) => {
  expect(Object.keys(answerProblems([sex, ways, mark], answers))).toEqual(wrong)
})

test('各项件数、平均分和交叉表与答卷一致', () => {
  const sheets: Answers[] = [{ sex: '男', mark: 5, ways: ['电话', '网上'] }, { sex: '女', mark: 3, ways: ['电话'] }, { sex: '女', mark: 4 }]
  expect(countsOf(sex, sheets)).toEqual({ answered: 3, counts: [{ option: '男', count: 1 }, { option: '女', count: 2 }], mean: null })
  expect(countsOf(ways, sheets)).toMatchObject({ answered: 2, counts: [{ count: 2 }, { count: 1 }, { count: 0 }] })
  expect(countsOf(mark, sheets)).toMatchObject({ answered: 3, mean: 4 })
  expect(crossOf(sex, ways, sheets)).toEqual({ rows: ['男', '女'], columns: ['电话', '网上', '窗口'], cells: [[1, 1, 0], [1, 0, 0]] })
})
