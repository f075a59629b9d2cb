// Telephone reports (TEL-50): what came in and was answered, what was missed and why, waiting, outbound calls, traffic, work of the seats.
import type { BoardInput } from '../board.ts'
import { area, bar, figures, line, pie, stacked, table } from './make.ts'

const of = (code: string, name: string, description: string, filters: string[], panels: BoardInput['panels']): BoardInput => ({ code, name, kind: 'table', description, period: 'month', filters, panels })
const byCall = ['queue', 'agent', 'line']

export const calls: BoardInput[] = [
  of('callsReport', '已接来电', '呼入、接通、等待与服务水平，按时段、队列和座席', byCall, [
    figures('counts', '概况', ['callsArrived', 'callsAnswered', 'callsMissed', 'callAnswerRate', 'callServiceLevel', 'callWaitTime', 'callTalkTime', 'callRating'], { compare: 'previous', width: 12 }),
    line('trend', '每日呼入与接通', ['callsArrived', 'callsAnswered'], ['day'], { width: 8 }), pie('lines', '服务号码', ['callsArrived'], ['line'], { width: 4 }), bar('hours', '各时段接通', ['callsAnswered', 'callsMissed'], ['hour'], { width: 12 }),
    table('queues', '按队列', ['callsArrived', 'callsAnswered', 'callAnswerRate', 'callServiceLevel', 'callWaitTime', 'callTalkTime'], ['queue'], { width: 12 }), table('agents', '按座席', ['callsAnswered', 'callTalkTime', 'callsRated', 'callRating'], ['agent'], { width: 12, limit: 300 }),
    table('business', '按业务', ['callsArrived', 'callsAnswered', 'callAnswerRate'], ['business'], { width: 12 }),
  ]),
  of('callsMissedReport', '未接来电', '漏接多少、在什么时段、因为什么', byCall, [
    figures('counts', '概况', ['callsMissed', 'callLossRate', 'callsAbandoned', 'callAbandonRate', 'callsLostToSystem', 'callsLostToPeople'], { compare: 'previous', width: 12 }), line('hours', '各时段未接与呼损率', ['callsMissed', 'callLossRate'], ['hour'], { width: 8 }), pie('causes', '未接原因', ['callsMissed'], ['lossCause'], { width: 4 }),
    line('trend', '每日未接与呼损率', ['callsMissed', 'callLossRate'], ['day'], { width: 12 }), table('queues', '按队列', ['callsArrived', 'callsMissed', 'callLossRate', 'callsAbandoned', 'callAbandonRate'], ['queue'], { width: 12 }), stacked('slotCauses', '时段 × 原因', ['callsMissed'], ['hour', 'lossCause'], { width: 12 }),
  ]),
  of('callLossReport', '呼损归因', '系统故障还是人为，落在哪条中继、哪个队列', ['queue', 'trunk', 'line'], [
    figures('counts', '概况', ['callsMissed', 'callsLostToSystem', 'callsLostToPeople', 'callsLostInIvr', 'callsVoicemail', 'callsQueueCallback'], { compare: 'previous', width: 12 }), pie('causes', '原因', ['callsMissed'], ['lossCause'], { width: 6 }), bar('trunks', '按中继', ['callsLostToSystem', 'callsLostToPeople'], ['trunk'], { width: 6 }),
    table('queues', '队列 × 原因', ['callsMissed'], ['queue', 'lossCause'], { width: 12 }), table('hours', '时段', ['callsMissed', 'callsLostToSystem', 'callsLostToPeople'], ['hour'], { width: 12 }),
  ]),
  of('callWaitReport', '排队等待', '平均与最长等待、放弃率、15 秒接通率', byCall, [
    figures('counts', '概况', ['callsWanted', 'callWaitTime', 'callLongestWait', 'callAbandonRate', 'callsWithinLevel', 'callServiceLevel'], { compare: 'previous', width: 12 }), line('hours', '各时段等待', ['callWaitTime', 'callLongestWait'], ['hour'], { width: 12 }),
    table('queues', '按队列', ['callsWanted', 'callWaitTime', 'callLongestWait', 'callsAbandoned', 'callAbandonRate', 'callServiceLevel'], ['queue'], { width: 12 }), table('days', '按日', ['callsWanted', 'callWaitTime', 'callLongestWait', 'callAbandonRate', 'callServiceLevel'], ['day'], { width: 12 }),
  ]),
  of('callOutReport', '外呼统计', '拨打、接通与较好的时段', ['agent', 'queue'], [
    figures('counts', '概况', ['callsDialled', 'callsConnected', 'callConnectRate'], { compare: 'previous', width: 12 }), bar('hours', '各时段接通率', ['callConnectRate'], ['hour'], { width: 12 }), line('trend', '每日外呼', ['callsDialled', 'callsConnected'], ['day'], { width: 8 }), pie('ends', '外呼结果', ['callsDialled'], ['endCause'], { width: 4 }), table('agents', '按座席', ['callsDialled', 'callsConnected', 'callConnectRate'], ['agent'], { width: 12, limit: 300 }),
  ]),
  of('callTrafficReport', '话务流量与拦截', '通话量、分钟数、并发峰值；黑名单来电与拦截', ['line', 'trunk', 'direction'], [
    figures('counts', '概况', ['callsAll', 'callMinutes', 'callPeak', 'callVolume', 'callsBlacklisted', 'callsIntercepted'], { compare: 'previous', width: 12 }), area('peak', '各时段并发峰值', ['callPeak'], ['hour']), area('hours', '各时段通话量', ['callsAll'], ['hour']), table('lines', '按服务号码', ['callsAll', 'callMinutes', 'callPeak', 'callVolume'], ['line'], { width: 6 }), table('trunks', '按中继', ['callsAll', 'callMinutes', 'callPeak', 'callVolume'], ['trunk'], { width: 6 }),
    table('screened', '拦截依据', ['callsIntercepted', 'callsBlacklisted'], ['callReason'], { width: 6 }), table('problems', '接线问题：座席', ['callsAnswered', 'callsShort', 'callsAbandoned'], ['agent'], { width: 6, limit: 300 }),
  ]),
  of('seatReport', '座席工时', '签入、示闲、通话、整理与示忙各占多少', ['agent'], [
    figures('counts', '概况', ['seatHours', 'seatUse', 'seatAwayRate'], { compare: 'previous', width: 12 }), table('agents', '按座席', ['seatHours', 'seatReadySeconds', 'seatTalkSeconds', 'seatWrapSeconds', 'seatAwaySeconds', 'seatUse', 'seatAwayRate'], ['agent'], { width: 12, limit: 300 }), stacked('states', '时段 × 状态（秒）', ['seatSeconds'], ['hour', 'seatState'], { width: 12 }),
  ]),
]
