// A small fictional hotline for tests, simulations and the demo of the exchange alone: menu, two queues, agents with desks and phones.
import { type AgentPolicy, type Flow, type Policy, type QueuePolicy, policy } from '../engine-port.ts'

const text = (words: string): { kind: 'text', text: string } => ({ kind: 'text', text: words })

/** A queue with sensible values; `rest` overrides. */
export const aQueue = (id: string, rest: Partial<QueuePolicy> = {}): QueuePolicy => ({
  id, name: id, group: null, strategies: [{ pick: 'longestIdle', afterSeconds: 0 }], ringSeconds: 20, capacity: 0, wrapUpSeconds: 10, skills: [], skillMatch: 0.8, music: null, tellPositionSeconds: 30, callbackAfterSeconds: 0,
  rules: [], overflow: [], calendar: null, weights: { waiting: 30, urgency: 25 }, serviceLevelSeconds: 15, dailyLimit: 0, recordNotice: [], sayStaffNumber: false, survey: null, ...rest,
})
export const anAgent = (n: number, queues: string[], rest: Partial<AgentPolicy> = {}): AgentPolicy => ({
  id: `agent-${String(n).padStart(2, '0')}`, name: `话务员${n}`, staffNumber: String(1000 + n), extension: String(8000 + n), queues: queues.map((queue, rank) => ({ queue, rank })), skills: [],
  functions: ['dialOut', 'transferOut', 'invite', 'pickUp', 'park', 'listen', 'whisper', 'bargeIn', 'forceIn', 'takeOver', 'forceOut'], ha1: null, ha1Sha256: null, displayedNumber: null, survey: true, ...rest,
})

/** Menu of two levels, a queue behind each key, voicemail and call-back as ways out. */
export const aFlow = (): Flow => ({
  id: 'main', version: 1, name: '主流程', use: 'inbound', start: 'welcome', person: 'general', language: 'zh', speed: 1,
  nodes: {
    welcome: { kind: 'play', name: '欢迎', say: [text('您好，这里是政务服务便民热线。')], interruptible: true, next: 'news' },
    news: { kind: 'announcements', name: '公告', next: 'menu' },
    menu: { kind: 'menu', name: '主菜单', say: [text('咨询请按一，投诉请按二，留言请按三，人工请按零。')], choices: { 1: { label: '咨询', next: 'topics' }, 2: { label: '投诉', next: 'complaints' }, 3: { label: '留言', next: 'mailbox' } }, repeatChoice: true },
    topics: { kind: 'menu', name: '咨询菜单', say: [text('社保请按一，返回请按星号。')], choices: { 1: { label: '社保', next: 'topic' } }, repeatChoice: false },
    topic: { kind: 'set', name: '记下主题', values: [{ variable: 'topic', value: '社保' }, { variable: 'need.topic', value: 'social' }], next: 'general' },
    general: { kind: 'queue', name: '综合队列', queue: 'general', full: 'mailbox', noAgents: 'mailbox', timeout: 'back', timeoutSeconds: 600, pressed: { 9: 'mailbox' } },
    complaints: { kind: 'queue', name: '投诉队列', queue: 'complaints', full: 'general', noAgents: 'general', timeout: 'general', timeoutSeconds: 300 },
    back: { kind: 'callback', name: '回拨', queue: 'general', say: [text('回拨请按一。')], next: 'bye', declined: 'mailbox' },
    mailbox: { kind: 'voicemail', name: '留言', box: 'box', say: [text('请留言。')], maxSeconds: 60, next: 'bye' },
    bye: { kind: 'end', name: '再见', say: [text('再见。')], cause: 'normal' },
  },
})
export const aSurvey = (): Flow => ({
  id: 'survey', version: 1, name: '满意度', use: 'survey', start: 'ask', language: 'zh', speed: 1,
  nodes: { ask: { kind: 'rate', name: '评价', say: [text('请评价，一到五分。')], key: 'satisfaction', from: 1, to: 5, tries: 2, next: 'bye', none: 'bye' }, bye: { kind: 'end', name: '再见', say: [], cause: 'normal' } },
})

/** The policy of the fictional hotline; `rest` overrides top-level parts. */
export function aPolicy(rest: Partial<Policy> = {}, agents = 10): Policy {
  return policy.parse({
    tenant: 'demo', number: 1, name: '示范热线', realm: 'demo.local', areaCode: '999', serviceNumbers: [{ number: '12345', label: '热线', to: { flow: 'main' }, displayed: null }, { number: '12346', label: '直达', to: { queue: 'general' }, displayed: null }],
    displayedNumber: '12345', trunks: ['trunk-1'], flows: [aFlow(), aSurvey()],
    queues: [aQueue('general', { survey: 'survey', recordNotice: [text('通话将被录音。')], callbackAfterSeconds: 300 }), aQueue('complaints', { strategies: [{ pick: 'skill', afterSeconds: 0 }, { pick: 'leastCalls', afterSeconds: 10 }], overflow: [{ waitedSeconds: 120, to: { queue: 'general' } }] })],
    agents: Array.from({ length: agents }, (_, i) => anAgent(i + 1, i % 3 === 0 ? ['general'] : ['general', 'complaints'], { skills: i % 2 === 0 ? [{ skill: 'social', level: 3 }] : [] })),
    skills: [{ id: 'social', path: ['民生', '社保'] }], lists: [], calendars: [], prompts: [], announcements: [], voicemailBoxes: [{ id: 'box', name: '留言箱', queue: 'general' }], barred: [], settings: {}, ...rest,
  })
}
