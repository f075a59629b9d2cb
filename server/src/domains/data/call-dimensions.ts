// What calls and states of agents may be grouped by. A variable that a flow keeps on its calls is a dimension without code: `label.` and its name.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { agentNamesByIds, agentStateNames, callClassNames, directionNames, endCauseNames, queueNamesByIds, trunkNamesByIds } from '../telephony/index.ts'
import { lossCause, lossNames } from './call-facts.ts'
import type { Dimension } from './dimensions.ts'

const asIs = async (_ctx: Ctx, keys: string[]): Promise<Map<string, string>> => new Map(keys.map((key) => [key, key]))
const from = (names: Readonly<Record<string, string>>) => async (_ctx: Ctx, keys: string[]): Promise<Map<string, string>> => new Map(keys.map((key) => [key, names[key] ?? key]))
const call = (key: string, label: string, of: RawBuilder<unknown>, names: Dimension['names'] = asIs, own: Dimension['own'] = ['call']): Dimension => ({ key, label, group: 'call', sql: () => of, names, own })

export const callDimensions: readonly Dimension[] = [
  call('queue', '队列', sql`c.queue_id::text`, queueNamesByIds), call('agent', '座席', sql`c.agent_id::text`, agentNamesByIds, ['call', 'seat']), call('line', '服务号码', sql`c.called`), call('trunk', '中继', sql`c.trunk`, trunkNamesByIds),
  call('direction', '呼叫方向', sql`c.direction`, from(directionNames)), call('endCause', '结束原因', sql`c.end_cause`, from(endCauseNames)), call('lossCause', '未接原因', lossCause, from(lossNames)), call('callClass', '来电等级', sql`c.class`, callClassNames),
  call('listKind', '命中名单', sql`c.list_kind`, from({ black: '黑名单', white: '白名单', red: '红名单' })), call('callReason', '定级依据', sql`c.class_reason`), call('business', '业务', sql`coalesce(c.collected->>'business', c.collected->>'scene')`), call('language', '来电语言', sql`c.language`), call('callArea', '来电归属地', sql`c.area`), call('carrier', '运营商', sql`c.carrier`),
  call('seatState', '座席状态', sql`c.state`, from(agentStateNames), ['seat']), call('seatReason', '示忙原因', sql`c.reason`, asIs, ['seat']),
]

const LABEL = /^label\.([A-Za-z][A-Za-z0-9_]{0,30})$/
/** `label.topic`: what a flow kept under `topic`. */
export const labelDimension = (key: string): Dimension | undefined => {
  const name = LABEL.exec(key)?.[1]
  return name ? call(key, name, sql`c.collected->>${sql.lit(name)}`) : undefined
}
