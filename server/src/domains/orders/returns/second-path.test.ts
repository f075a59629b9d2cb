// Causes of returns and whom they point at (ORD-42). Pure rules; the way over HTTP stands in requests.test.ts.
import { describe, expect, test } from 'vitest'
import { heldOutExamples, seenExamples, type CauseExample } from './cause-examples.zh-CN.ts'
import { causeOfReturn } from './improper.ts'
import { namedUnits } from './named-units.ts'

const wrong = (examples: readonly CauseExample[]) => examples.filter(([reasonClass, words, cause]) => causeOfReturn(reasonClass, words) !== cause).map(([, words, cause]) => `${words} → ${causeOfReturn(null, words)}, 应为 ${cause}`)

describe('退回原因识别', () => {
  test('编写规则时所见的例句全部识别', () => {
    expect(wrong(seenExamples)).toEqual([])
  })
  test('未用于编写规则的例句准确率不低于 90%', () => {
    expect(heldOutExamples.length).toBeGreaterThanOrEqual(30)
    expect(wrong(heldOutExamples).length / heldOutExamples.length, wrong(heldOutExamples).join('\n')).toBeLessThanOrEqual(0.1)
  })
})

describe('理由所指的单位', () => {
  const units = ['澜川市住房和城乡建设局', '澜川市城市管理局', '澜川市生态环境局', '南湖街道', '北湖街道', '澜川市公交集团有限公司'].map((name, i) => ({ id: String(i), name }))
  test.each([
    ['应由市住建局办理', ['澜川市住房和城乡建设局']],
    ['请转城管局', ['澜川市城市管理局']],
    ['属于澜川市生态环境局职责，也可由南湖街道协助', ['澜川市生态环境局', '南湖街道']],
    ['不属于城管局职责', []],
    ['归我局管', []],
    ['应由街道办理', []],
    ['应由有关部门办理', []],
  ])('%s', (text, names) => {
    expect(namedUnits(text, units).map((unit) => unit.name)).toEqual(names)
  })
})
