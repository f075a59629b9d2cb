import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextState, orderActs, orderStates, orderTransitions, publicState, type OrderAct, type OrderState } from './order.ts'

describe('工单状态表', () => {
  const table: [OrderState, OrderAct, OrderState | null, Parameters<typeof nextState>[2]?][] = [
    ['draft', 'submit', 'pendingReview'],
    ['draft', 'submit', 'pendingDispatch', { skipReview: true }],
    ['pendingReview', 'passReview', 'pendingDispatch'],
    ['pendingReview', 'returnToAgent', 'draft'],
    ['pendingReview', 'answer', 'closed'],
    ['pendingDispatch', 'answer', 'closed'],
    ['inProgress', 'answer', null],
    ['pendingDispatch', 'dispatch', 'inProgress'],
    ['pendingReview', 'dispatch', null],
    ['inProgress', 'returned', 'pendingDispatch'],
    ['inProgress', 'resultReady', 'pendingResultReview'],
    ['pendingResultReview', 'acceptResult', 'pendingCallback', { callbackOwed: true }],
    ['pendingResultReview', 'acceptResult', 'closed', { callbackOwed: false }],
    ['pendingResultReview', 'returnResult', 'inProgress'],
    ['pendingCallback', 'callbackSatisfied', 'archived'],
    ['pendingCallback', 'callbackGivenUp', 'archived'],
    ['pendingCallback', 'callbackDissatisfied', 'inProgress'],
    ['closed', 'archive', 'archived'],
    ['closed', 'reopen', 'inProgress'],
    ['archived', 'reopen', null],
    ['closed', 'withdraw', null],
    ['inProgress', 'withdraw', 'withdrawn'],
  ]
  test.each(table)('%s 经 %s 到 %s', (from, act, to, facts) => {
    expect(nextState(from, act, facts ?? {})?.state ?? null).toBe(to)
  })

  test('联系不上结束的回访单独计数，不算办理完成', () => {
    expect(nextState('pendingCallback', 'callbackGivenUp')?.closeKind).toBe('notReached')
    expect(nextState('pendingCallback', 'callbackSatisfied')?.closeKind).toBe('handled')
  })

  test('已归档、已撤单没有任何出口，已并单只能取消并单', () => {
    for (const state of ['archived', 'withdrawn', 'merged'] as const) for (const act of orderActs) if (state !== 'merged' || act !== 'unmerge') expect(nextState(state, act)).toBeNull()
    expect(nextState('merged', 'unmerge', { restoreTo: 'pendingReview' })?.state).toBe('pendingReview')
  })

  test('任意一串动作都只走表里的路，且公众只见四种状态', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...orderActs), { maxLength: 40 }), fc.boolean(), fc.boolean(), (acts, skipReview, callbackOwed) => {
        let state: OrderState = 'draft'
        for (const act of acts) {
          const next = nextState(state, act, { skipReview, callbackOwed })
          if (next === null) {
            expect(orderTransitions[act].from).not.toContain(state)
            continue
          }
          expect(orderStates).toContain(next.state)
          state = next.state
          expect(['accepted', 'handling', 'done', 'withdrawn']).toContain(publicState(state))
        }
      }),
    )
  })

  test('回访期间公众已见“已办结”，重办时又见“处置中”', () => {
    expect(publicState('pendingCallback')).toBe('done')
    expect(publicState(nextState('pendingCallback', 'callbackDissatisfied')?.state ?? 'draft')).toBe('handling')
  })
})
