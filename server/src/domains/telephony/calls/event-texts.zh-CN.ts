// What happened in a call, one line an event, for its log.
import { recordingFailure } from '../lines/alarm-texts.zh-CN.ts'
import { callStateNames, endCauseNames, hungUpNames, interventionNames, partyNames } from '../texts.zh-CN.ts'

type Data = Record<string, unknown>
const word = (data: Data, key: string): string => (data[key] === null || data[key] === undefined ? '' : String(data[key]))
const seconds = (data: Data, key: string): string => `${Math.round(Number(data[key] ?? 0) / 1000)} 秒`
const rounded = (data: Data, key: string): number => Math.round(Number(data[key] ?? 0))
const unqueued: Record<string, string> = { offered: '分配座席', answered: '已接听', abandoned: '诉求人挂断', timeout: '等待超时', full: '队列已满', noAgents: '没有座席', key: '按键离开', overflow: '溢出', callback: '改为回拨', voicemail: '转留言', moved: '调整', ended: '通话结束' }
const offer: Record<string, string> = { missed: '未接', rejected: '拒接', withdrawn: '撤回', failed: '失败', answeredElsewhere: '他人已接' }
const transfer: Record<string, string> = { begun: '发起', completed: '完成', failed: '失败', retrieved: '已接回' }

const lines: Record<string, (data: Data) => string | null> = {
  callArrived: () => '来电到达', callScreened: (d) => `来电等级：${word(d, 'reason')}`, callIntercepted: (d) => `被拦截：${word(d, 'rule')}`,
  flowStep: (d) => `${word(d, 'name')}${d['key'] ? `，按键 ${word(d, 'key')}` : ''}`, callRated: (d) => `评价 ${word(d, 'value')} 分`, callQueued: (d) => `进入队列，第 ${word(d, 'position')} 位`, callUnqueued: (d) => `离开队列（${unqueued[word(d, 'why')] ?? word(d, 'why')}），等待 ${seconds(d, 'waitedMs')}`,
  callOffered: () => '座席振铃', offerEnded: (d) => `振铃结束：${offer[word(d, 'how')] ?? word(d, 'how')}，响铃 ${seconds(d, 'rangMs')}`, callAnswered: () => '接听', callProgress: (d) => (d['state'] === 'ringing' ? '对方振铃' : null), callHeld: () => '保持', callResumed: (d) => `取回，保持 ${seconds(d, 'heldMs')}`,
  partyMuted: (d) => (d['muted'] ? '静音' : '取消静音'), partyJoined: (d) => (d['role'] === 'monitor' ? null : `${partyNames[word(d, 'role')] ?? ''}加入`), partyLeft: (d) => (d['role'] === 'monitor' ? null : `${partyNames[word(d, 'role')] ?? ''}离开：${endCauseNames[word(d, 'cause')] ?? word(d, 'cause')}`),
  callParked: (d) => `驻留到 ${word(d, 'slot')}`, callUnparked: () => '从驻留取回', callTransferred: (d) => `转接${transfer[word(d, 'how')] ?? ''}${d['reason'] ? `：${word(d, 'reason')}` : ''}`, consultBegan: () => '开始咨询', seatLost: () => '座席失联', seatBack: (d) => `座席恢复，用时 ${seconds(d, 'afterMs')}`,
  intervened: (d) => `${interventionNames[word(d, 'kind')] ?? word(d, 'kind')}：${word(d, 'reason')}`, recordingStarted: () => '开始录音', recordingReady: (d) => `录音完成，${seconds(d, 'ms')}`, recordingFailed: (d) => `录音失败：${recordingFailure(word(d, 'reason'))}`, dialTaskNeeded: () => '需要回拨诉求人', dialRefused: (d) => `拨号被拒绝：${word(d, 'code')}`,
  callEnded: (d) => `${callStateNames['ended'] ?? ''}：${endCauseNames[word(d, 'cause')] ?? word(d, 'cause')}，${hungUpNames[word(d, 'by')] ?? ''}挂断`, callbackAsked: () => '预约排队回拨', mediaQuality: (d) => `${d['agent'] ? '座席侧' : '对方侧'}通话质量：丢包 ${rounded(d, 'lossPercent')}%，抖动 ${rounded(d, 'jitterMs')} 毫秒，延迟 ${rounded(d, 'delayMs')} 毫秒`,
}

/** Null for what is no line of the log. */
export function eventText(kind: string, data: unknown): string | null {
  return typeof data === 'object' && data !== null ? (lines[kind]?.(data as Data) ?? null) : null
}
