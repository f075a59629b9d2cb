import { describe, expect, test } from 'vitest'
import { standardStates, type StandardState } from './content.ts'
import { actRefusal, actsOf, standardActs, type ActSubject, type StandardAct } from './standard-state.ts'

const viewer = { id: 'u1', may: () => true }
const subject = (state: StandardState, over: Partial<ActSubject> = {}): ActSubject => ({ state, pending: false, submittedBy: null, own: true, ...over })
const enabled = (of: ActSubject, who = viewer): StandardAct[] => standardActs.filter((act) => actRefusal(act, of, who) === null)

const table: Record<StandardState, StandardAct[]> = {
  draft: ['edit', 'submit', 'delete'],
  rejected: ['edit', 'submit', 'withdraw'],
  pendingReview: [],
  effective: ['edit', 'offline', 'void'],
  offline: ['online', 'void'],
  withdrawn: [],
  void: [],
}

describe('状态与可用动作', () => {
  test.each(standardStates)('%s 状态下没有待审变更时的动作', (state) => {
    expect(enabled(subject(state)).toSorted()).toEqual(table[state].toSorted())
  })

  test('有待审变更时只能撤回或审核，提交人不能审核，他人不能撤回', () => {
    for (const state of ['pendingReview', 'effective', 'offline'] as const) {
      expect(enabled(subject(state, { pending: true, submittedBy: 'u1' }))).toEqual(['recall'])
      expect(enabled(subject(state, { pending: true, submittedBy: 'u2' }))).toEqual(['approve', 'return'])
    }
  })

  test('上级的内容本级什么也不能做', () => {
    expect(standardStates.flatMap((state) => enabled(subject(state, { own: false })))).toEqual([])
    expect(actsOf(subject('effective', { own: false }), viewer)).toEqual([])
  })

  test('没有权限的动作不出现，被规则挡住的带原因', () => {
    expect(actsOf(subject('draft'), { id: 'u1', may: (permission) => permission === 'matters.review' })).toEqual([])
    const acts = actsOf(subject('effective', { pending: true, submittedBy: 'u1' }), viewer)
    expect(acts.find((act) => act.act === 'edit')).toMatchObject({ enabled: false, rule: 'pendingChange' })
    expect(acts.find((act) => act.act === 'approve')).toMatchObject({ enabled: false, rule: 'fourEyes' })
  })
})
