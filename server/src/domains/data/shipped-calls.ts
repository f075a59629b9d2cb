// The delivered telephone indicators (TEL-50): what came in, was answered, missed and why, how long people waited, what was dialled.
import type { Basic, Computed, Condition, Definition } from './indicator.ts'
import { count, is, no, rate, total, yes } from './define.ts'

type Direction = Computed['direction']
const inbound = is('direction', 'inbound')
const outbound = is('direction', 'outbound')
const upTo = (field: string, value: number): Condition => ({ field, op: 'lte', value })
const calls = (statement: string, where: Condition[], direction: Direction = 'none'): Definition => count('call', 'started', statement, [...where, yes('finished')], { unit: '通', direction })
const sum = (measure: string, statement: string, where: Condition[], unit = '秒'): Definition => total('call', 'started', measure, statement, [...where, yes('finished')], unit)
const most = (measure: string, statement: string, where: Condition[], unit: string): Definition => ({ ...(sum(measure, statement, where, unit) as Basic), aggregate: 'max' }) // made as a basic one above
const average = (part: string, n: string, unit: string, scale: number, statement: string, direction: Direction = 'down'): Definition => ({ kind: 'derived', formula: `${part} / ${n}`, unit, scale, direction, statement })
const seat = (statement: string, ...states: string[]): Definition => total('seat', 'began', 'seconds', statement, states.length > 0 ? [is('seatState', ...states)] : [{ field: 'seatState', op: 'notIn', value: ['signedOut'] }], '秒')
const hours = (part: string, statement: string): Definition => ({ kind: 'derived', formula: `${part} / 3600`, unit: '小时', scale: 1, direction: 'none', statement })
const answered = yes('answered')
const missed = no('answered')

export const shippedCalls: Record<string, { name: string; definition: Definition }> = {
  callsArrived: { name: '呼入量', definition: calls('期内呼入并已结束的通话', [inbound]) },
  callsAnswered: { name: '已接来电', definition: calls('呼入中由座席接通的', [inbound, answered], 'up') },
  callsMissed: { name: '未接来电', definition: calls('呼入中未由座席接通的，已接与未接之和等于呼入量', [inbound, missed], 'down') },
  callsWanted: { name: '人工请求量', definition: calls('呼入中进入过排队的', [inbound, yes('queued')]) },
  callsAbandoned: { name: '排队放弃量', definition: calls('排队或振铃中挂断的呼入', [inbound, is('endCause', 'abandonedInQueue', 'abandonedRinging')], 'down') },
  callsWithinLevel: { name: '15 秒内接通', definition: calls('呼入中排队等待不超过 15 秒即接通的', [inbound, answered, yes('queued'), upTo('waitSeconds', 15)], 'up') },
  callsLostInIvr: { name: '导航中放弃', definition: calls('在语音导航中挂断的呼入', [inbound, is('endCause', 'abandonedInIvr')]) },
  callsLostToSystem: { name: '系统原因未接', definition: calls('因引擎、中继故障或排队溢出未接的呼入', [inbound, yes('systemLoss')], 'down') },
  callsLostToPeople: { name: '人为原因未接', definition: calls('诉求人先挂断或座席未接的呼入', [inbound, yes('humanLoss')], 'down') },
  callsIntercepted: { name: '拦截量', definition: calls('被名单或规则拦截的呼入', [inbound, is('endCause', 'intercepted')]) },
  callsBlacklisted: { name: '黑名单来电', definition: calls('来电号码在黑名单上的呼入', [inbound, is('listKind', 'black')]) },
  callsQueueCallback: { name: '转排队回拨', definition: calls('诉求人选择回拨、保留排队位置的呼入', [inbound, is('endCause', 'queueCallback')]) },
  callsVoicemail: { name: '转留言', definition: calls('以留言结束的呼入', [inbound, is('endCause', 'voicemail')]) },
  callsShort: { name: '接通即挂断', definition: calls('接通后 10 秒内结束的呼入', [inbound, answered, upTo('talkSeconds', 10)], 'down') },
  callsDialled: { name: '外呼量', definition: calls('期内呼出并已结束的通话', [outbound]) },
  callsConnected: { name: '外呼接通量', definition: calls('呼出中对方接听的', [outbound, answered], 'up') },
  callWaitSeconds: { name: '排队总时长', definition: sum('waitSeconds', '进入过排队的呼入等待时长之和', [inbound, yes('queued')]) },
  callLongestWait: { name: '最长等待', definition: most('waitSeconds', '进入过排队的呼入中最长的等待', [inbound, yes('queued')], '秒') },
  callTalkSeconds: { name: '通话总时长', definition: sum('talkSeconds', '接通的通话时长之和', [answered]) },
  callInTalkSeconds: { name: '呼入通话时长', definition: sum('talkSeconds', '接通的呼入通话时长之和', [inbound, answered]) },
  callRatings: { name: '评价分之和', definition: sum('ratings', '呼入评价分之和', [inbound, { field: 'rating', op: 'filled' }], '分') },
  callsRated: { name: '已评价来电', definition: calls('诉求人作了评价的呼入', [inbound, { field: 'rating', op: 'filled' }]) },
  callPeak: { name: '同时通话峰值', definition: most('concurrent', '每一通开始时正在进行的通话数，取其最大', [], '路') },
  callsAll: { name: '通话量', definition: calls('期内已结束的全部通话', []) },
  callsAnsweredAll: { name: '接通的通话', definition: calls('呼入、呼出和内部通话中接通的', [answered]) },
  seatSeconds: { name: '签入总时长', definition: seat('座席各状态（签出除外）时长之和，进行中的状态不计') },
  seatReadySeconds: { name: '示闲总时长', definition: seat('示闲状态时长之和', 'ready') },
  seatTalkSeconds: { name: '通话状态总时长', definition: seat('通话状态时长之和', 'talking', 'dialling') },
  seatWrapSeconds: { name: '整理总时长', definition: seat('整理状态时长之和', 'wrapUp') },
  seatAwaySeconds: { name: '示忙小休总时长', definition: seat('示忙、小休、离席、强制置忙和异常状态时长之和', 'busy', 'break', 'away', 'forcedBusy', 'abnormal') },
  callAnswerRate: { name: '来电接通率', definition: rate('callsAnswered', 'callsArrived', '已接来电 ÷ 呼入量') },
  callLossRate: { name: '呼损率', definition: rate('callsMissed', 'callsArrived', '未接来电 ÷ 呼入量', 'down') },
  callAbandonRate: { name: '排队放弃率', definition: rate('callsAbandoned', 'callsWanted', '排队放弃量 ÷ 人工请求量', 'down') },
  callServiceLevel: { name: '15 秒接通率', definition: rate('callsWithinLevel', 'callsWanted', '15 秒内接通 ÷ 人工请求量') },
  callConnectRate: { name: '外呼接通率', definition: rate('callsConnected', 'callsDialled', '外呼接通量 ÷ 外呼量') },
  callWaitTime: { name: '平均等待', definition: average('callWaitSeconds', 'callsWanted', '秒', 1, '排队总时长 ÷ 人工请求量') },
  callTalkTime: { name: '平均通话时长', definition: average('callInTalkSeconds', 'callsAnswered', '秒', 0, '呼入通话时长 ÷ 已接来电', 'none') },
  callRating: { name: '来电平均评价', definition: average('callRatings', 'callsRated', '分', 2, '评价分之和 ÷ 已评价来电', 'up') },
  callMinutes: { name: '通话分钟数', definition: { kind: 'derived', formula: 'callTalkSeconds / 60', unit: '分钟', scale: 1, direction: 'none', statement: '通话总时长折合分钟' } },
  callVolume: { name: '话音数据量', definition: { kind: 'derived', formula: 'callTalkSeconds * 40000 / 1048576', unit: 'MB', scale: 1, direction: 'none', statement: '按 G.711、20 毫秒一包折算：两方各收发一路，每路每秒 50 包、每包 200 字节' } },
  seatHours: { name: '签入时长', definition: hours('seatSeconds', '签入总时长折合小时') },
  seatUse: { name: '座席利用率', definition: { kind: 'derived', formula: '(seatTalkSeconds + seatWrapSeconds) / seatSeconds * 100', unit: '%', scale: 1, direction: 'none', statement: '通话与整理时长 ÷ 签入总时长' } },
  seatAwayRate: { name: '示忙小休占比', definition: rate('seatAwaySeconds', 'seatSeconds', '示忙小休总时长 ÷ 签入总时长', 'down') },
}
