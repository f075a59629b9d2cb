import { kernelErrors } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { areaExists, areaName, setting, unitsByIds } from '../../platform/index.ts'
import { periodsOverlap } from '../limits/match-limit.ts'
import { findMatter } from '../matter/matter-by-id.ts'
import { mattersErrors } from '../matters.errors.ts'
import { dutyLead } from '../matters.settings.ts'
import { dutyEntryContent, type DutyEntryContent, type DutyRole } from '../standard/content.ts'
import type { KindSpec, Stage } from '../standard/kind-spec.ts'
import type { MattersTables } from '../tables.gen.ts'
import { roleOf } from './duty.queries.ts'

export const roleNames: Record<DutyRole, string> = { lead: '主办', assist: '协办', negative: '负面清单' }

export const dutyKind: KindSpec<DutyEntryContent> = {
  kind: 'dutyEntry',
  label: '职责清单条目',
  table: 'matter_duty_entry',
  content: dutyEntryContent,
  jsonFields: [],
  locked: ['matterId', 'unitId', 'role', 'areaCode'],
  fieldNames: {
    matterId: '事项', unitId: '单位', role: '角色', areaCode: '区划', implementationCode: '实施编码', implementationName: '实施名称', matterType: '事项类型', implementationType: '实施类型',
    boundary: '职责边界', validFrom: '有效期起', validTo: '有效期止',
  },
  async title(ctx, content) {
    const [matter, units, area] = await Promise.all([findMatter(ctx, content.matterId), unitsByIds(ctx, [content.unitId]), areaName(ctx, content.areaCode)])
    return `${matter?.name ?? ''} × ${units.get(content.unitId)?.name ?? ''} × ${area ?? content.areaCode} ${roleNames[content.role]}`
  },

  async check(ctx, content, { id, stage }) {
    const [matter, units] = await Promise.all([findMatter(ctx, content.matterId), unitsByIds(ctx, [content.unitId])])
    const unit = units.get(content.unitId)
    const fields = []
    if (!matter || matter.status === 'void') fields.push({ path: 'matterId', message: '事项不存在' })
    if (!unit || unit.tenantId !== ctx.tenantId || unit.state !== 'active') fields.push({ path: 'unitId', message: '单位不存在或已停用' })
    if (!(await areaExists(ctx, content.areaCode))) fields.push({ path: 'areaCode', message: '区划代码不存在' })
    if (content.validFrom && content.validTo && content.validFrom > content.validTo) fields.push({ path: 'validTo', message: '止期早于起期' })
    if (content.role === 'negative' && !content.boundary) fields.push({ path: 'boundary', message: '请填写不得派单的理由' })
    if (fields.length > 0) throw kernelErrors('invalid', { fields })
    if (stage === 'publish' && matter?.status !== 'effective') throw mattersErrors('parentNotEffective', { params: { name: matter?.name ?? '' } })
    await checkOthers(ctx, content, id, stage)
  },

  derive: async () => ({}),
  checkRetire: async () => undefined,
}

/** A unit has one line for a matter and area; two leads for one matter and area contradict each other. */
async function checkOthers(ctx: Ctx, content: DutyEntryContent, id: string | null, stage: Stage): Promise<void> {
  let query = ctx.db<MattersTables>().selectFrom('matter_duty_entry').select(['unit_id as unitId', 'role', 'valid_from as validFrom', 'valid_to as validTo', 'state'])
    .where('tenant_id', '=', ctx.tenantId).where('matter_id', '=', content.matterId).where('area_code', '=', content.areaCode)
    .where('state', 'in', stage === 'publish' ? ['effective'] : ['effective', 'pendingReview'])
  if (id) query = query.where('id', '<>', id)
  const others = (await query.execute()).filter((other) => periodsOverlap(other, content))
  const same = others.find((other) => other.unitId === content.unitId)
  if (same) throw mattersErrors('dutyConflict', { params: { text: `该单位在同一事项和区划下已是“${roleNames[roleOf(same.role)]}”` } })
  const lead = others.find((other) => other.role === 'lead')
  if (content.role === 'lead' && lead && (await setting(ctx, dutyLead)) === 'one') {
    const unit = (await unitsByIds(ctx, [lead.unitId])).get(lead.unitId)
    throw mattersErrors('secondLead', { rule: dutyLead.key, params: { unit: unit?.name ?? lead.unitId } })
  }
}
