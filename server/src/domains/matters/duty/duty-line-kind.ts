import { kernelErrors } from '../../../kernel/errors.ts'
import { unitsByIds } from '../../platform/index.ts'
import { periodsOverlap } from '../limits/match-limit.ts'
import { findMatter } from '../matter/matter-by-id.ts'
import { mattersErrors } from '../matters.errors.ts'
import { dutyLineContent, type DutyLineContent, type DutyLineKind } from '../standard/content.ts'
import type { KindSpec } from '../standard/kind-spec.ts'
import type { MattersTables } from '../tables.gen.ts'

export const listNames: Record<DutyLineKind, string> = { responsibility: '责任清单', power: '权力清单', negative: '负面清单' }

/** Lines of the three lists of a matter and a unit. A unit is not on the negative list of a matter that it is responsible for. */
export const dutyLineKind: KindSpec<DutyLineContent> = {
  kind: 'dutyLine',
  label: '清单条目',
  table: 'matter_duty_line',
  content: dutyLineContent,
  jsonFields: [],
  locked: ['kind', 'matterId', 'unitId'],
  fieldNames: { kind: '清单', matterId: '事项', unitId: '单位', text: '内容', basis: '依据', validFrom: '有效期起', validTo: '有效期止' },
  async title(ctx, content) {
    const [matter, units] = await Promise.all([findMatter(ctx, content.matterId), unitsByIds(ctx, [content.unitId])])
    return `${listNames[content.kind]}：${matter?.name ?? ''} × ${units.get(content.unitId)?.name ?? ''}`
  },

  async check(ctx, content, { id, stage }) {
    const [matter, units] = await Promise.all([findMatter(ctx, content.matterId), unitsByIds(ctx, [content.unitId])])
    const unit = units.get(content.unitId)
    const fields = []
    if (!matter || matter.status === 'void') fields.push({ path: 'matterId', message: '事项不存在' })
    if (!unit || unit.tenantId !== ctx.tenantId || unit.state !== 'active') fields.push({ path: 'unitId', message: '单位不存在或已停用' })
    if (content.validFrom && content.validTo && content.validFrom > content.validTo) fields.push({ path: 'validTo', message: '止期早于起期' })
    if (fields.length > 0) throw kernelErrors('invalid', { fields })
    if (stage === 'publish' && matter?.status !== 'effective') throw mattersErrors('parentNotEffective', { params: { name: matter?.name ?? '' } })
    let query = ctx.db<MattersTables>().selectFrom('matter_duty_line').select(['kind', 'valid_from as validFrom', 'valid_to as validTo'])
      .where('tenant_id', '=', ctx.tenantId).where('matter_id', '=', content.matterId).where('unit_id', '=', content.unitId).where('state', 'in', stage === 'publish' ? ['effective'] : ['effective', 'pendingReview'])
    if (id) query = query.where('id', '<>', id)
    const against = (await query.execute()).filter((other) => periodsOverlap(other, content)).find((other) => (other.kind === 'negative') !== (content.kind === 'negative'))
    const listed = against ? (against.kind === 'negative' ? listNames.negative : listNames.responsibility) : null
    if (listed) throw mattersErrors('dutyConflict', { params: { text: `该单位在此事项的${listed}中，不能同时列入${listNames[content.kind]}` } })
  },

  derive: async () => ({}),
  checkRetire: async () => undefined,
}
