// Improper returns and the second path of an order that came back (ORD-42): rules, no machine; a person confirms.
import type { Ctx } from '../../../kernel/ctx.ts'
import { recommendUnits } from '../../matters/index.ts'
import { notify } from '../../platform/index.ts'
import { json } from '../../../kernel/db/connect.ts'
import { db, type OrderRow, type RequestRow } from '../orders.queries.ts'

export type ImproperCause = 'refused' | 'outOfWindow' | 'againstDuty'
export const improperNames: Record<ImproperCause, string> = { refused: '退回被驳回', outOfWindow: '超出退回窗口', againstDuty: '属本单位职责清单' }

export type ReturnCause = 'dutyMismatch' | 'beyondAuthority' | 'otherArea' | 'unclear' | 'handledBefore' | 'other'
export const causeNames: Record<ReturnCause, string> = { dutyMismatch: '职责不符', beyondAuthority: '超出权限', otherArea: '不在辖区', unclear: '内容不清', handledBefore: '此前已处理', other: '其他原因' }

const signs: [ReturnCause, RegExp][] = [
  ['beyondAuthority', /权限|无权|执法权|处罚权|审批权|上级.{0,4}(部门|机关|政府)?.{0,6}(审批|决定|批准)|报.{0,4}政府/],
  ['otherArea', /辖区|管辖|区域外|不[在属](?!.{0,8}职).{0,8}(范围|地界|我?[区县镇市]|街道|社区)|属地|外地|[位处]于.{2,6}[区县镇]|在.{2,5}[区县]$/],
  ['unclear', /内容(不清|含糊)|(地址|位置|楼号|信息|电话|描述).{0,3}(不清|不明|不详|不全|不足|有误|简单)|(未|没有|没).{0,4}(写明|说明|写清|楼号|门牌)|无法(到场)?核实|补充|不清楚|过于简单/],
  ['handledBefore', /已(处理|办|答复|修|更换|整改|回复|解决|由我.{0,6}办)|重复|办结|办理完毕/],
  ['dutyMismatch', /非职责|职责|职能|归.{0,10}(管|负责|养护)|(应|由).{0,14}(负责|管|办理|处理|养护|维护|定价|主管)|应派|改派|请转|建议转|不(负责|归)|不是我.{0,3}管|主管/],
]

/** Why a unit gave an order back, from its class and its words. Pure. */
export function causeOfReturn(reasonClass: string | null, reason: string): ReturnCause {
  const text = `${reasonClass ?? ''} ${reason}`
  // The chosen class speaks first where it names more than 职责.
  const byClass = signs.find(([cause, sign]) => cause !== 'dutyMismatch' && reasonClass !== null && sign.test(reasonClass))
  return byClass?.[0] ?? signs.find(([, sign]) => sign.test(text))?.[0] ?? 'other'
}

/** Which rules a return broke; kept with the request, told to the unit as a pop-up. */
export async function markImproper(ctx: Ctx, order: OrderRow, request: RequestRow, refused: boolean): Promise<ImproperCause[]> {
  const proposals = order.matter_id && order.area_code ? await recommendUnits(ctx, { matterId: order.matter_id, areaCode: order.area_code }) : []
  const causes: ImproperCause[] = [...(refused ? (['refused'] as const) : []), ...(request.within_window === false ? (['outOfWindow'] as const) : []), ...(proposals.some((p) => p.unitId === request.unit_id && p.role === 'lead') ? (['againstDuty'] as const) : [])]
  // Granted in spite of the duty list: what the list says is then mended, not held against the unit.
  const held = refused ? causes : []
  if (held.length === 0) return []
  const data = typeof request.data === 'object' && request.data !== null && !Array.isArray(request.data) ? request.data : {}
  await db(ctx).updateTable('order_request').set({ data: json({ ...data, improper: held } as never) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', request.id).execute()
  await notify(ctx, {
    type: 'order.improperReturn', to: { unitIds: [request.unit_id] }, level: 'P2', title: `不当退单：${order.title}`, text: `工单 ${order.number}：${held.map((c) => improperNames[c]).join('、')}。请继续办理。`, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id,
  })
  return held
}
