import { kernelErrors } from '../../../kernel/errors.ts'
import { unitsByIds } from '../../platform/index.ts'
import { requireParent } from '../matter/directory-kind.ts'
import { mattersErrors } from '../matters.errors.ts'
import { schemeNodeContent, type SchemeNodeContent } from '../standard/content.ts'
import type { KindSpec } from '../standard/kind-spec.ts'
import { searchKey } from '../standard/search-key.ts'
import { hitsText, usagesOf } from '../standard/usage.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { schemes } from './schemes.ts'

export const schemeNodeKind: KindSpec<SchemeNodeContent> = {
  kind: 'schemeNode',
  label: '分类',
  table: 'matter_scheme_node',
  content: schemeNodeContent,
  jsonFields: [],
  locked: ['scheme', 'code', 'parentId'],
  fieldNames: {
    scheme: '分类体系', code: '编码', name: '名称', parentId: '上级分类', examples: '举例', externalCode: '外部编码', ownerUnitId: '责任单位', validFrom: '有效期起', validTo: '有效期止', sort: '排序',
  },
  title: (_ctx, content) => content.name,

  async check(ctx, content, { id, stage }) {
    if (!(await schemes(ctx)).some((scheme) => scheme.code === content.scheme)) throw kernelErrors('invalid', { fields: [{ path: 'scheme', message: '分类体系不存在' }] })
    const unitId = content.ownerUnitId
    if (unitId && (await unitsByIds(ctx, [unitId])).get(unitId)?.tenantId !== ctx.tenantId) throw kernelErrors('invalid', { fields: [{ path: 'ownerUnitId', message: '责任单位不存在' }] })
    if (content.validFrom && content.validTo && content.validFrom > content.validTo) throw kernelErrors('invalid', { fields: [{ path: 'validTo', message: '止期早于起期' }] })
    if (content.parentId) {
      const parent = await storedNode(ctx, content.parentId)
      if (!parent || parent.scheme !== content.scheme) throw kernelErrors('invalid', { fields: [{ path: 'parentId', message: '上级分类不存在' }] })
      if (parent.tenantId !== ctx.tenantId) throw mattersErrors('inherited')
      requireParent({ name: parent.name, state: parent.state }, stage)
    }
    let query = ctx.acrossTenants<MattersTables>('codes are unique along the inherited standard').selectFrom('matter_scheme_node').select(['code', 'name'])
      .where('tenant_id', 'in', await tenantChain(ctx)).where('scheme', '=', content.scheme).where('state', '<>', 'void')
      .where((e) => e.or([e('code', '=', content.code), e.and([e('name', '=', content.name), content.parentId ? e('parent_id', '=', content.parentId) : e('parent_id', 'is', null)])]))
    if (id) query = query.where('id', '<>', id)
    const other = await query.executeTakeFirst()
    if (other?.code === content.code) throw mattersErrors('duplicateCode', { params: { code: content.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
    if (other) throw mattersErrors('duplicateName', { params: { name: content.name }, fields: [{ path: 'name', message: '同一上级下已有同名分类' }] })
  },

  async derive(ctx, id, content) {
    const parent = content.parentId ? await storedNode(ctx, content.parentId) : null
    const path = [...(parent?.path ?? []), id]
    return { path, level: path.length, search_key: searchKey(content.code, content.name) }
  },

  async checkRetire(ctx, id, how) {
    const children = await ctx.db<MattersTables>().selectFrom('matter_scheme_node').select((e) => e.fn.countAll<number>().as('n'))
      .where('tenant_id', '=', ctx.tenantId).where('parent_id', '=', id).where('state', 'in', ['effective', 'pendingReview']).executeTakeFirstOrThrow()
    if (children.n > 0) throw mattersErrors('childrenInUse', { params: { count: children.n } })
    if (how === 'offline') return
    const hits = (await usagesOf(ctx, { kind: 'schemeNode', id })).filter((usage) => how === 'delete' || usage.open > 0)
    if (hits.length > 0) throw mattersErrors('inUse', { params: { hits: hitsText(hits) }, current: { hits } })
  },
}

async function storedNode(ctx: Ctx, id: string): Promise<{ tenantId: string; scheme: string; name: string; state: string; path: string[] } | null> {
  const row = await ctx.acrossTenants<MattersTables>('nodes of upper tenants').selectFrom('matter_scheme_node').select(['tenant_id as tenantId', 'scheme', 'name', 'state', 'path'])
    .where('tenant_id', 'in', await tenantChain(ctx)).where('id', '=', id).executeTakeFirst()
  return row ?? null
}
