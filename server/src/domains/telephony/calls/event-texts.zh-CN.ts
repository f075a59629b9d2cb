// What happened in a call, one line an event, for its log.
import { pickNames } from '../queues/queue.ts'
import { recordingFailure } from '../lines/alarm-texts.zh-CN.ts'
import { callStateNames, endCauseNames, hungUpNames, interventionNames, partyNames } from '../texts.zh-CN.ts'

type Data = Record<string, unknown>
const word = (data: Data, key: string): string => (data[key] === null || data[key] === undefined ? '' : String(data[key]))
const seconds = (data: Data, key: string): string => `${Math.round(Number(data[key] ?? 0) / 1000)} 秒`
const rounded = (data: Data, key: string): number => Math.round(Number(data[key] ?? 0))
const unqueued: Record<string, string> = { offered: '分配座席', answered: '已接听', abandoned: '诉求人挂断', timeout: '等待超时', full: '队列已满', noAgents: '没有座席', key: '按键离开', overflow: '溢出', callback: '改为回拨', voicemail: '转留言', moved: '调整', ended: '通话结束' }
const offer: Record<string, string> = { missed: '未接', rejected: '拒接', withdrawn: '撤回', failed: '失败', answeredElsewhere: '他人已接' }
const transfer: Record<string, string> = { begun: '发起', completed: '完成', failed: '失败', retrieved: '已接回' }

const screened = (data: Data): string => {
  const reason = word(data, 'reason')
  const marks = Array.isArray(data['marks']) ? data['marks'].join('、') : ''
  return reason === 'emergencyNumber' ? '应急单位号码' : reason.startsWith('mode:') ? `应急模式 ${reason.slice(5)}` : /^[0-9a-f-]{36}$/.test(reason) ? marks || '名单号码' : reason
}
const factorNames: Record<string, string> = {
  waiting: '等待', urgency: '紧急', business: '业务', handling: '预计时长', repeat: '重复来电', order: '在办工单', patience: '可等时间', language: '语言', area: '地域', level: '诉求人等级', mark: '名单标记', load: '队列负荷', 'agent.skill': '座席技能', 'agent.level': '技能级别', 'agent.load': '今日负荷', 'agent.handling': '平均时长', 'agent.served': '曾服务',
}
/** Strategy, rule and every factor that decided who rings, as TEL-17 and TEL-18 want it kept. */
function whyText(why: unknown): string {
  if (typeof why !== 'object' || why === null || !('pick' in why)) return ''
  const pick = String(why.pick)
  const score = 'score' in why && typeof why.score === 'object' && why.score !== null ? Object.entries(why.score) : []
  const parts = score.map(([factor, points]) => `${factorNames[factor] ?? factor} ${Math.round(Number(points) * 10) / 10}`)
  return `（${[pickNames[pick as 'skill'] ?? { direct: '直接呼叫', ownSeat: '专属座席', transfer: '转接', consult: '咨询', invite: '邀请' }[pick] ?? pick, 'rule' in why && why.rule ? `规则“${String(why.rule)}”` : '', parts.length > 0 ? `得分 ${parts.join('、')}` : ''].filter(Boolean).join('；')}）`
}

const lines: Record<string, (data: Data) => string | null> = {
  callArrived: () => '来电到达', callScreened: (d) => `来电等级：${screened(d)}`, callIntercepted: (d) => `被拦截：${word(d, 'rule')}`,
  flowStep: (d) => `${word(d, 'name')}${d['key'] ? `，按键 ${word(d, 'key')}` : ''}`, callRated: (d) => `评价 ${word(d, 'value')} 分`, callQueued: (d) => `进入队列，第 ${word(d, 'position')} 位`, callUnqueued: (d) => `离开队列（${unqueued[word(d, 'why')] ?? word(d, 'why')}），等待 ${seconds(d, 'waitedMs')}`,
  callOffered: (d) => `座席振铃${whyText(d['why'])}`, offerEnded: (d) => `振铃结束：${offer[word(d, 'how')] ?? word(d, 'how')}，响铃 ${seconds(d, 'rangMs')}`, callAnswered: () => '接听', callProgress: (d) => (d['state'] === 'ringing' ? '对方振铃' : null), callHeld: () => '保持', callResumed: (d) => `取回，保持 ${seconds(d, 'heldMs')}`,
  partyMuted: (d) => (d['muted'] ? '静音' : '取消静音'), partyJoined: (d) => (d['role'] === 'monitor' ? null : `${partyNames[word(d, 'role')] ?? ''}加入`), partyLeft: (d) => (d['role'] === 'monitor' ? null : `${partyNames[word(d, 'role')] ?? ''}离开：${endCauseNames[word(d, 'cause')] ?? word(d, 'cause')}`),
  callParked: (d) => `驻留到 ${word(d, 'slot')}`, callUnparked: () => '从驻留取回', callTransferred: (d) => `转接${transfer[word(d, 'how')] ?? ''}${d['reason'] ? `：${word(d, 'reason')}` : ''}`, consultBegan: () => '开始咨询', seatLost: () => '座席失联', seatBack: (d) => `座席恢复，用时 ${seconds(d, 'afterMs')}`,
  intervened: (d) => `${interventionNames[word(d, 'kind')] ?? word(d, 'kind')}：${word(d, 'reason')}`, recordingStarted: () => '开始录音', recordingReady: (d) => `录音完成，${seconds(d, 'ms')}`, recordingFailed: (d) => `录音失败：${recordingFailure(word(d, 'reason'))}`, dialTaskNeeded: () => '需要回拨诉求人', dialRefused: (d) => `拨号被拒绝：${word(d, 'code')}`,
  callEnded: (d) => `${callStateNames['ended'] ?? ''}：${endCauseNames[word(d, 'cause')] ?? word(d, 'cause')}，${hungUpNames[word(d, 'by')] ?? ''}挂断`, callbackAsked: () => '预约排队回拨', mediaQuality: (d) => `${d['agent'] ? '座席侧' : '对方侧'}通话质量：丢包 ${rounded(d, 'lossPercent')}%，抖动 ${rounded(d, 'jitterMs')} 毫秒，延迟 ${rounded(d, 'delayMs')} 毫秒`,
}

/** Null for what is no line of the log. */
export function eventText(kind: string, data: unknown): string | null {
  return typeof data === 'object' && data !== null ? (lines[kind]?.(data as Data) ?? null) : null
}
