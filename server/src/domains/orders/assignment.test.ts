import { describe, expect, test } from 'vitest'
import { dispatchFault, nextAssignmentState, nobodyResponsible, resultComplete, withChildren, type AssignmentFacts, type AssignmentRole, type AssignmentState } from './assignment.ts'

const a = (id: string, role: AssignmentRole, state: AssignmentState, more: Partial<AssignmentFacts> = {}): AssignmentFacts => ({ id, role, state, parentId: null, round: 1, unitId: id, ...more })

describe('处办任务', () => {
  test('未签收不能反馈，签收后可以', () => {
    expect(nextAssignmentState('pendingSign', 'submitFeedback')).toBeNull()
    expect(nextAssignmentState('handling', 'submitFeedback', { reviewed: true })).toBe('pendingReport')
    expect(nextAssignmentState('handling', 'submitFeedback', { reviewed: false })).toBe('done')
  })
  test('已签收的任务不能取回', () => expect(nextAssignmentState('handling', 'takeBack')).toBeNull())
  test('结果审核退回后任务回到办理中', () => expect(nextAssignmentState('done', 'reopen')).toBe('handling'))
})

describe('结果是否齐备', () => {
  test('主办完成即可，协办仍欠反馈', () => expect(resultComplete([a('1', 'lead', 'done'), a('2', 'assist', 'handling')], 1).complete).toBe(true))
  test('并行办理缺一不可，并指出缺谁', () => {
    const list = [a('1', 'parallel', 'done'), a('2', 'parallel', 'done'), a('3', 'parallel', 'handling')]
    expect(resultComplete(list, 1)).toMatchObject({ complete: false, missing: [{ id: '3' }] })
    expect(resultComplete(list.map((x) => ({ ...x, state: 'done' as const })), 1).complete).toBe(true)
  })
  test('已退回的并行单位不再等待', () => expect(resultComplete([a('1', 'parallel', 'done'), a('2', 'parallel', 'returned')], 1).complete).toBe(true))
  test('上一轮的完成不算本轮', () => expect(resultComplete([a('1', 'lead', 'done'), a('2', 'lead', 'handling', { round: 2 })], 2).complete).toBe(false))
  test('下级任务完成不代表主办完成', () => expect(resultComplete([a('1', 'lead', 'handling'), a('2', 'section', 'done', { parentId: '1' })], 1).complete).toBe(false))
})

describe('派发规则', () => {
  const u = (unitId: string, role: AssignmentRole) => ({ unitId, role })
  test.each([
    [[], 'noUnit'],
    [[u('1', 'lead'), u('2', 'lead')], 'twoLeads'],
    [[u('1', 'assist')], 'noLead'],
    [[u('1', 'lead'), u('1', 'assist')], 'unitTwice'],
    [[u('1', 'parallel'), u('2', 'lead')], 'mixedRoles'],
    [[u('1', 'parallel')], 'oneParallel'],
    [[u('1', 'lead'), u('2', 'assist'), u('3', 'assist')], null],
    [[u('1', 'parallel'), u('2', 'parallel')], null],
  ] as const)('%j → %s', (units, fault) => expect(dispatchFault(units)).toBe(fault))

  test('主办退回后无人负责，只剩协办也算无人负责', () => {
    expect(nobodyResponsible([a('1', 'lead', 'returned'), a('2', 'assist', 'handling')], 1)).toBe(true)
    expect(nobodyResponsible([a('1', 'parallel', 'returned'), a('2', 'parallel', 'handling')], 1)).toBe(false)
  })
  test('取消一个任务连同其所有下级', () => {
    const list = [{ id: '1', parent_id: null }, { id: '2', parent_id: '1' }, { id: '3', parent_id: '2' }, { id: '4', parent_id: null }]
    expect(withChildren(list, '1').map((x) => x.id)).toEqual(['1', '2', '3'])
  })
})
