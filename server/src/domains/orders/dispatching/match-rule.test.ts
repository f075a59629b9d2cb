import { expect, test } from 'vitest'
import { matches, sameCondition, type RuleCondition, type RuleSubject } from './match-rule.ts'

const order: RuleSubject = { appealType: 'help', categoryPath: ['root', 'leaf'], matterId: 'm', areaCode: '990101001', channel: 'phone', urgency: 'normal', flags: ['enterprise'], labelIds: ['l1'], profile: 'housing', text: '3号楼路灯不亮', hour: 23 }

test.each<[RuleCondition, boolean]>([
  [{}, false],
  [{ noWords: ['供热'] }, false],
  [{ appealTypes: ['help', 'complaint'] }, true],
  [{ appealTypes: ['complaint'] }, false],
  [{ categoryIds: ['root'] }, true],
  [{ areaCode: '990100' }, true],
  [{ areaCode: '990102' }, false],
  [{ anyWords: ['路灯', '井盖'] }, true],
  [{ anyWords: ['路灯'], noWords: ['3号楼'] }, false],
  [{ flags: ['enterprise', 'urged'] }, false],
  [{ channels: ['phone'], hours: { from: 22, to: 6 } }, true],
  [{ channels: ['phone'], hours: { from: 6, to: 22 } }, false],
])('条件 %j 是否命中：%s', (condition, hit) => {
  expect(matches(condition, order)).toBe(hit)
})

test('条件相同与列表顺序无关', () => {
  expect(sameCondition({ channels: ['a', 'b'], anyWords: [] }, { channels: ['b', 'a'] })).toBe(true)
  expect(sameCondition({ channels: ['a'] }, { channels: ['a'], appealTypes: ['help'] })).toBe(false)
})

test('标签任一命中即可，专项类型须相同', () => {
  expect(matches({ labelIds: ['l1', 'l9'] }, order)).toBe(true)
  expect(matches({ labelIds: ['l9'] }, order)).toBe(false)
  expect(matches({ labelIds: ['l1'], profiles: ['housing'] }, order)).toBe(true)
  expect(matches({ labelIds: ['l1'], profiles: ['tourism'] }, order)).toBe(false)
  expect(matches({ profiles: ['housing'] }, { ...order, profile: null })).toBe(false)
})
