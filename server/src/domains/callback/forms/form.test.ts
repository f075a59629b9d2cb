import { expect, test } from 'vitest'
import { closedBecause, mannerOf, type MannerFacts, type MannerStep } from './form.ts'

const facts: MannerFacts = { wish: 'call', confidential: false, smsReady: true, robotReady: true }

test.each<[string, MannerStep[], Partial<MannerFacts>, string]>([
  ['按意愿：想收短信的收短信', ['wish', 'person'], { wish: 'sms' }, 'sms'],
  ['按意愿：想接电话的由人打', ['wish', 'person'], {}, 'person'],
  ['机器人在前，能用就用', ['wish', 'robot', 'sms', 'person'], {}, 'robot'],
  ['机器人不能用，轮到短信', ['wish', 'robot', 'sms', 'person'], { robotReady: false }, 'sms'],
  ['短信也发不了，由人打', ['wish', 'robot', 'sms', 'person'], { robotReady: false, smsReady: false }, 'person'],
  ['想收短信但号码不是手机，由人打', ['wish', 'person'], { wish: 'sms', smsReady: false }, 'person'],
  ['只写了机器人而不能用，由人打', ['robot'], { robotReady: false }, 'person'],
  ['保密工单总由人打', ['sms'], { confidential: true, wish: 'sms' }, 'person'],
])('%s', (_name, steps, more, manner) => {
  expect(mannerOf(steps, { ...facts, ...more })).toBe(manner)
})

test('表单只能用一次、到期失效、轮次或任务已变就结束；转人工后诉求人仍可先答', () => {
  const form = { state: 'sent', expiresAt: 100, taskOpen: true, sameRound: true, pending: true } as const
  expect(closedBecause(form, 99)).toBeNull()
  expect(closedBecause(form, 100)).toBe('expired')
  expect(closedBecause({ ...form, state: 'answered' }, 1)).toBe('answered')
  expect(closedBecause({ ...form, state: 'followed' }, 99)).toBeNull()
  expect(closedBecause({ ...form, taskOpen: false }, 1)).toBe('ended')
  expect(closedBecause({ ...form, sameRound: false }, 1)).toBe('ended')
  expect(closedBecause({ ...form, pending: false }, 1)).toBe('ended')
  expect(closedBecause({ ...form, state: 'undelivered' }, 1)).toBe('ended')
})
