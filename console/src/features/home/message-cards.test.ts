import { expect, test } from 'vitest'
import { cardsOf, type CardMessage } from './message-cards.ts'

const message = (id: string, more: Partial<CardMessage> = {}): CardMessage => ({ id, type: 'order.dispatched', level: 'P2', repeats: 1, ...more })
const shown = (unread: CardMessage[], met: { keys: Set<string>; began: boolean }, inCall = false) => cardsOf(unread, met, inCall).show.map((one) => one.id)

test('不当退单弹给后来登录的人；登录前的派单提醒只留在消息里，登录后的才弹出', () => {
  const met = { keys: new Set<string>(), began: false }
  const unread = [message('派单'), message('不当退单', { type: 'order.improperReturn' }), message('待办', { level: 'P3' })]
  expect(shown(unread, met)).toEqual(['不当退单'])
  const keys = new Set(['message:派单:1', 'message:不当退单:1'])
  expect(shown([...unread, message('新派单')], { keys, began: true })).toEqual(['新派单'])
})

test('同一对象再次提醒会再弹出；在别处读过的收起', () => {
  const met = { keys: new Set(['message:甲:1', 'message:乙:1']), began: true }
  expect(cardsOf([message('甲', { repeats: 2 })], met, false)).toMatchObject({ show: [{ id: '甲' }], gone: ['message:甲:1', 'message:乙:1'] })
})

test('通话中只有 P1 打断，其余在挂断后弹出', () => {
  const met = { keys: new Set<string>(), began: true }
  const unread = [message('红牌', { type: 'supervision.card' }), message('应急工单', { level: 'P1' })]
  expect(shown(unread, met, true)).toEqual(['应急工单'])
  expect(shown(unread, { keys: new Set(['message:应急工单:1']), began: true })).toEqual(['红牌'])
})
