// What a flow can ask about a call: given by the exchange and the server, or collected by the flow itself.
import { list, record, text } from './voice-graph.ts'
import type { VoiceGraph } from './voice-graph.ts'

export const comparisons = ['equal', 'oneOf', 'less', 'more', 'contains', 'startsWith', 'set'] as const

/** Told by the exchange (number, class, language) and by the server a moment after the call arrived (TEL-11). */
export const variableNames: Record<string, string> = {
  'caller.number': '来电号码', 'call.number': '拨打的号码', 'caller.class': '来电等级', 'caller.language': '语言', 'caller.elderly': '老年人（1）', 'caller.age': '年龄', 'caller.kind': '诉求人（person 个人、enterprise 企业）', 'caller.orders': '在办工单数', 'caller.overdue': '超期工单数', 'caller.calls': '近 7 天来电次数',
}

/** Variables that nodes of the flow fill. */
export function ownVariables(graph: VoiceGraph): string[] {
  const made = Object.values(graph.nodes).flatMap((node) => (node.kind === 'collect' ? [text(node['variable'])] : node.kind === 'rate' ? [text(node['key'])] : node.kind === 'set' ? list(node['values']).map((one) => text(record(one)['variable'])) : node.kind === 'http' ? Object.keys(record(node['take'])) : []))
  return [...new Set(made.filter(Boolean))]
}
