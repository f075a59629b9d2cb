import { expect, test } from 'vitest'
import { demoPublications } from '../../../demo/index.ts'
import { fitOf } from '../questions/published-questions.ts'
import { askedWords } from '../../../kernel/text/index.ts'
import { LEAST_FIT } from '../questions/read-questions.ts'
import { personalData } from '../../../kernel/text/personal-data.ts'

test('示范内容没有个人信息', () => {
  expect(demoPublications.filter((p) => personalData([p.title, p.summary ?? '', p.body].join('\n')).length > 0)).toEqual([])
})

test.each([
  ['老人补贴在哪办', '高龄补贴怎么申请'], ['暖气不热', '家里暖气不热怎么办'], ['我的工单什么时候能答复', '多久能收到答复'], ['楼下工地半夜施工太吵', '夜间施工噪音扰民找谁'], ['老板不发工资', '拖欠工资怎么投诉'],
])('“%s”最合适的问答是“%s”', (asked, title) => {
  const faqs = demoPublications.filter((p) => p.kind === 'faq')
  const best = faqs.map((p) => ({ title: p.title, fit: fitOf(askedWords(asked), `${p.title} ${p.summary ?? ''}`, p.body) })).toSorted((a, b) => b.fit - a.fit)[0]
  expect(best?.title).toBe(title)
  expect(best?.fit).toBeGreaterThanOrEqual(LEAST_FIT)
})
