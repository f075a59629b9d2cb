import { kernelErrors } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { setting, unitsByIds } from '../../platform/index.ts'
import { appealTypes } from '../classes/appeal-types.ts'
import { limitsConflict } from '../limits/match-limit.ts'
import { limitRules, matterLimit } from '../limits/limit.queries.ts'
import { mattersErrors } from '../matters.errors.ts'
import { coreFields } from '../matters.settings.ts'
import { matterContent, type MatterContent } from '../standard/content.ts'
import { elementConflicts, mergeElements, retypedElements } from '../standard/elements.ts'
import type { KindSpec, Stage } from '../standard/kind-spec.ts'
import { searchKey } from '../standard/search-key.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import { hitsText, usagesOf } from '../standard/usage.ts'
import type { MattersTables } from '../tables.gen.ts'
import { allDirectories, directoryChain, storedElements } from './directories.ts'
import { requireParent } from './directory-kind.ts'

const fieldNames = {
  code: '编码', name: '名称', directoryId: '所属目录', competentUnitId: '主管部门', division: '实施分工', appealTypes: '诉求类型', conditions: '受理条件', materials: '所需材料', duration: '办理时限',
  closingStandard: '办结标准', closingBasis: '办结依据', elements: '要素', rules: '回访与答复规则', levels: '适用层级', vertical: '垂管', keywords: '关键词',
}

export const matterKind: KindSpec<MatterContent> = {
  kind: 'matter',
  label: '诉求事项',
  table: 'matter_matter',
  content: matterContent,
  jsonFields: ['duration', 'closingStandard', 'elements', 'rules'],
  locked: ['code', 'directoryId'],
  fieldNames,
  title: (_ctx, content) => content.name,

  async check(ctx, content, { id, stage }) {
    await checkPlace(ctx, content, stage)
    await checkNames(ctx, content, id)
    await checkReferences(ctx, content)
    const directories = await directoryChain(ctx, (await allDirectories(ctx)).get(content.directoryId)?.path ?? [])
    const conflicts = elementConflicts(content.elements, mergeElements(directories.map((directory) => directory.elements)))
    if (conflicts.length > 0) throw mattersErrors('elementConflict', { fields: conflicts })
    if (stage === 'save') return
    await checkCoreFields(ctx, content)
    if (id && stage === 'submit') await checkRetyped(ctx, content, id)
    await checkDuration(ctx, content, id)
  },

  async derive(ctx, _id, content) {
    const directory = (await allDirectories(ctx)).get(content.directoryId)
    return { directory_path: directory?.path ?? [], search_key: searchKey(content.code, content.name, content.keywords) }
  },

  async checkRetire(ctx, id, how) {
    if (how === 'offline') return
    const hits = (await usagesOf(ctx, { kind: 'matter', id })).filter((usage) => how === 'delete' || usage.open > 0)
    const duties = await ctx.acrossTenants<MattersTables>('duties of lower tenants may name the matter').selectFrom('matter_duty_entry').select((e) => e.fn.countAll<number>().as('n'))
      .where('tenant_id', 'in', [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])]).where('matter_id', '=', id).where('state', '=', 'effective').executeTakeFirstOrThrow()
    if (duties.n > 0) hits.push({ label: '职责清单条目', count: duties.n, open: duties.n, samples: [] })
    if (hits.length > 0) throw mattersErrors('inUse', { params: { hits: hitsText(hits) }, current: { hits } })
  },
}

async function checkPlace(ctx: Ctx, content: MatterContent, stage: Stage): Promise<void> {
  const all = await allDirectories(ctx)
  const directory = all.get(content.directoryId)
  if (!directory) throw kernelErrors('invalid', { fields: [{ path: 'directoryId', message: '目录不存在' }] })
  if (directory.tenantId !== ctx.tenantId) throw mattersErrors('inherited')
  const children = [...all.values()].some((child) => child.parentId === directory.id && !['void', 'withdrawn'].includes(child.state))
  if (children) throw mattersErrors('notLeaf', { fields: [{ path: 'directoryId', message: '请选择末级目录' }] })
  requireParent(directory, stage)
}

async function checkNames(ctx: Ctx, content: MatterContent, id: string | null): Promise<void> {
  let query = ctx.acrossTenants<MattersTables>('codes are unique along the inherited standard').selectFrom('matter_matter').select(['code', 'name'])
    .where('tenant_id', 'in', await tenantChain(ctx)).where('state', '<>', 'void')
    .where((e) => e.or([e('code', '=', content.code), e.and([e('directory_id', '=', content.directoryId), e('name', '=', content.name)])]))
  if (id) query = query.where('id', '<>', id)
  const other = await query.executeTakeFirst()
  if (!other) return
  if (other.code === content.code) throw mattersErrors('duplicateCode', { params: { code: content.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
  throw mattersErrors('duplicateName', { params: { name: content.name }, fields: [{ path: 'name', message: '该目录下已有同名事项' }] })
}

async function checkReferences(ctx: Ctx, content: MatterContent): Promise<void> {
  const fields = []
  const unitId = content.competentUnitId
  if (unitId && (await unitsByIds(ctx, [unitId])).get(unitId)?.tenantId !== ctx.tenantId) fields.push({ path: 'competentUnitId', message: '主管部门不存在' })
  const known = new Set((await appealTypes(ctx)).map((type) => type.id))
  const unknown = content.appealTypes.filter((code) => !known.has(code))
  if (unknown.length > 0) fields.push({ path: 'appealTypes', message: `诉求类型不存在或未生效：${unknown.join('、')}` })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
}

async function checkCoreFields(ctx: Ctx, content: MatterContent): Promise<void> {
  const missing = (await setting(ctx, coreFields)).filter((field) => {
    const value = content[field]
    return value === null || value === '' || (Array.isArray(value) && value.length === 0)
  })
  if (missing.length > 0) throw mattersErrors('coreFieldsMissing', { rule: coreFields.key, fields: missing.map((path) => ({ path, message: `请填写${fieldNames[path]}` })) })
}

/** Values of orders were given under the old data type: such an element is replaced by a new one, not changed. */
async function checkRetyped(ctx: Ctx, content: MatterContent, id: string): Promise<void> {
  const row = await ctx.db<MattersTables>().selectFrom('matter_matter').select('elements').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('version', '>', 0).executeTakeFirst()
  const retyped = row ? retypedElements(storedElements.parse(row.elements), content.elements) : []
  if (retyped.length === 0) return
  const hits = await usagesOf(ctx, { kind: 'matter', id })
  if (hits.length === 0) return
  const fields = retyped.map((element) => ({ path: `elements.${content.elements.indexOf(element)}.type`, message: `“${element.name}”已被使用（${hitsText(hits)}），不能改变数据类型，请新增要素` }))
  throw mattersErrors('elementConflict', { fields, current: { hits } })
}

/** The duration is a limit rule of its own: a saved rule of the same key would be equally specific. */
async function checkDuration(ctx: Ctx, content: MatterContent, id: string | null): Promise<void> {
  if (!content.duration || id === null) return
  const own = matterLimit(id, content.duration, { origin: 'own', distance: 0 })
  if ((await limitRules(ctx)).some((rule) => rule.origin === 'own' && rule.id !== own.id && limitsConflict(rule, own))) {
    throw mattersErrors('limitConflict', { fields: [{ path: 'duration', message: '该事项已有同条件的时限规则，请只保留一处' }] })
  }
}
