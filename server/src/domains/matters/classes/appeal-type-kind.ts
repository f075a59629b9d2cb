import { kernelErrors } from '../../../kernel/errors.ts'
import { mattersErrors } from '../matters.errors.ts'
import { appealTypeContent, type AppealTypeContent } from '../standard/content.ts'
import { elementConflicts } from '../standard/elements.ts'
import type { KindSpec } from '../standard/kind-spec.ts'
import { hitsText, usagesOf, type MatterUsage } from '../standard/usage.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { appealTypes } from './appeal-types.ts'

export const appealTypeKind: KindSpec<AppealTypeContent> = {
  kind: 'appealType',
  label: '诉求类型',
  table: 'matter_appeal_type',
  content: appealTypeContent,
  jsonFields: ['rules', 'elements'],
  // Effective types change in name and description only: orders and statistics rely on the rest.
  locked: ['code', 'parentId', 'rules', 'elements'],
  fieldNames: { code: '编码', name: '名称', description: '说明', parentId: '上级类型', rules: '规则', elements: '要素', sort: '排序' },
  newId: (content) => content.code,
  title: (_ctx, content) => content.name,

  async check(ctx, content, { id }) {
    const all = await appealTypes(ctx, { retired: true })
    const stored = await ctx.db<MattersTables>().selectFrom('matter_appeal_type').select(['id', 'name', 'parent_id as parentId']).where('tenant_id', '=', ctx.tenantId).where('state', '<>', 'void').execute()
    for (const other of [...all.filter((type) => type.state !== 'void'), ...stored]) {
      if (other.id === id) continue
      if (other.id === content.code) throw mattersErrors('duplicateCode', { params: { code: content.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
      if (other.parentId === content.parentId && other.name === content.name) throw mattersErrors('duplicateName', { params: { name: content.name }, fields: [{ path: 'name', message: '已有同名类型' }] })
    }
    if (content.parentId && !all.some((type) => type.id === content.parentId && type.parentId === null && type.state === 'effective')) {
      throw kernelErrors('invalid', { fields: [{ path: 'parentId', message: '上级类型不存在，或本身已是子类型' }] })
    }
    const conflicts = elementConflicts(content.elements)
    if (conflicts.length > 0) throw mattersErrors('elementConflict', { fields: conflicts })
  },

  derive: async () => ({}),

  async checkRetire(ctx, id, how) {
    if (how === 'offline') return
    const hits: MatterUsage[] = await usagesOf(ctx, { kind: 'appealType', id })
    const matters = await ctx.acrossTenants<MattersTables>('matters of the own tenant and of those above').selectFrom('matter_matter').select(['name', 'id'])
      .where('tenant_id', 'in', await tenantChain(ctx)).where('state', '<>', 'void').where((e) => e.val(id), '=', (e) => e.fn.any('appeal_types')).limit(1001).execute()
    if (matters.length > 0) hits.push({ label: '诉求事项', count: matters.length, open: matters.length, samples: matters.slice(0, 3).map((matter) => ({ title: matter.name, link: `/matters/items/${matter.id}` })) })
    const children = (await appealTypes(ctx)).filter((type) => type.parentId === id)
    if (children.length > 0) throw mattersErrors('childrenInUse', { params: { count: children.length } })
    if (hits.length > 0) throw mattersErrors('inUse', { params: { hits: hitsText(hits) }, current: { hits } })
  },
}
