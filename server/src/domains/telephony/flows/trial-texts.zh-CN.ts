// What a typed trial of a flow shows, a line a step: what the caller hears, what he did, where that led.
import type { SimulatedStep } from '../../../../../switch/src/engine-port.ts'
import { eventText } from '../calls/event-texts.zh-CN.ts'

const outcomes: Record<string, string> = {
  chosen: '按键', person: '转人工', back: '返回上一级', wrong: '按错', silence: '没有按键', skipped: '按键跳过', played: '播完', open: '开放', closed: '不开放', holiday: '节假日', otherwise: '其他', set: '已赋值', asked: '发短信', entered: '进入子流程', returned: '返回', waits: '进入排队', full: '队列已满', noAgents: '没有座席', timeout: '等待超时', key: '按键离开',
  begun: '转接中', records: '开始留言', recorded: '留言完成', collected: '收到', rated: '评价', taken: '接受回拨', declined: '不需要回拨', ended: '结束', loop: '步数过多', nodeGone: '节点不存在', flowGone: '子流程不存在', answered: '已查询', unavailable: '不可用', black: '黑名单', white: '白名单', red: '红名单', none: '没有公告',
}
const parsed = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** None for what says nothing to who tries a flow. */
export function trialLine(step: SimulatedStep): SimulatedStep[] {
  if (step.what === 'says') return [{ ...step, text: `播报：${step.text}` }]
  const data = parsed(step.text)
  if (step.what === 'flowStep') {
    const outcome = String(data['outcome'] ?? '')
    return [{ ...step, text: `${outcomes[outcome] ?? (/^\d+$/.test(outcome) ? `符合条件 ${outcome}` : outcome)}${data['key'] ? ` ${String(data['key'])}` : ''}` }]
  }
  const text = eventText(step.what, data)
  return text === null ? [] : [{ ...step, text }]
}
