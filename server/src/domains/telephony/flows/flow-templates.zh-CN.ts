// What a new voice flow can begin with: whole flows that pass the check, to be changed rather than begun from nothing.
import type { z } from 'zod'
import { WORK_CALENDAR } from '../engine/build-policy.ts'
import type { template } from './flow-contract.ts'
import type { Draft } from './flow.queries.ts'

export type Node = Record<string, unknown> & { kind: string; name: string; at: { x: number; y: number } }
const say = (text: string) => [{ kind: 'text', text }]
const at = (column: number, row: number) => ({ x: 120 + column * 220, y: 100 + row * 120 })

export const queueNode = (name: string, queue: string, place: { x: number; y: number }): Node => ({ kind: 'queue', name, queue, timeoutSeconds: 1800, full: 'busy', noAgents: 'busy', timeout: 'busy', at: place })
export const voicemailNode = (name: string, box: string, text: string, place: { x: number; y: number }): Node => ({ kind: 'voicemail', name, box, say: say(`${text}请在提示音后留言，我们会尽快给您回电，按井号键结束。`), maxSeconds: 120, next: 'bye', at: place })
export const endNode = (text: string, place: { x: number; y: number }): Node => ({ kind: 'end', name: '结束', say: say(text), cause: 'normal', at: place })

type Targets = { queue: string; box: string }

/** Welcome, one menu, people behind it; who cannot be answered leaves a message. */
const menu = ({ queue, box }: Targets): Draft => ({
  start: 'welcome', person: 'people',
  nodes: {
    welcome: { kind: 'play', name: '欢迎语', say: say('您好，欢迎致电政务服务便民热线。'), interruptible: true, next: 'menu', at: at(0, 1) },
    menu: { kind: 'menu', name: '主菜单', say: say('反映问题请按一，政策咨询请按二，人工服务请按零。'), repeatChoice: false, choices: { '1': { label: '反映问题', next: 'people' }, '2': { label: '政策咨询', next: 'people' } }, at: at(1, 1) },
    people: queueNode('人工服务', queue, at(2, 1)),
    busy: voicemailNode('请留言', box, '座席全忙，', at(3, 1)),
    bye: endNode('感谢您的来电，再见。', at(4, 1)),
  },
})

/** The menu inside working hours; outside them and on holidays a message. */
const hours = (to: Targets): Draft => {
  const inside = menu(to)
  return {
    ...inside, start: 'time',
    nodes: {
      ...Object.fromEntries(Object.entries(inside.nodes).map(([id, node]) => [id, { ...node, at: { x: (node['at'] as { x: number }).x + 220, y: 100 } }])),
      time: { kind: 'time', name: '工作时间', calendar: WORK_CALENDAR, open: 'welcome', closed: 'closed', holiday: 'holiday', at: at(0, 1) },
      closed: voicemailNode('下班时间', to.box, '您好，现在是非工作时间。', at(2, 1)),
      holiday: voicemailNode('节假日', to.box, '您好，今天是节假日。', at(2, 2)),
    },
  }
}

const survey = (): Draft => ({
  start: 'ask',
  nodes: {
    ask: { kind: 'rate', name: '满意度', say: say('请对本次服务评价，满意请按一，基本满意请按二，不满意请按三。'), key: 'satisfied', from: 1, to: 3, tries: 2, next: 'thanks', none: 'thanks', at: at(0, 0) },
    thanks: { kind: 'end', name: '致谢', say: say('感谢您的评价，再见。'), cause: 'normal', at: at(1, 0) },
  },
})

/** Called by the platform: says what there is to say, asks for one key. */
const notice = (): Draft => ({
  start: 'hello',
  nodes: {
    hello: { kind: 'play', name: '通知内容', say: say('您好，这里是政务服务便民热线。在此填写要通知的内容。'), interruptible: false, next: 'heard', at: at(0, 0) },
    heard: { kind: 'collect', name: '是否知悉', say: say('已经知悉请按一，需要人工联系请按二。'), variable: 'heard', min: 1, max: 1, end: 'none', secret: false, speech: false, tries: 2, waitMs: 8000, next: 'bye', none: 'bye', at: at(1, 0) },
    bye: endNode('感谢接听，再见。', at(2, 0)),
  },
})

/** A new draft. `to`: the queue that people wait in, and the one whose box takes messages; unused where nobody waits. */
export function fromTemplate(kind: z.output<typeof template>, to: Targets): Draft {
  return { hours, menu, survey, notice }[kind](to)
}
