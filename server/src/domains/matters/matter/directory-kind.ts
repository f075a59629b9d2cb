import { kernelErrors } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { mattersErrors } from '../matters.errors.ts'
import { directoryContent, type DirectoryContent } from '../standard/content.ts'
import { elementConflicts, mergeElements } from '../standard/elements.ts'
import type { KindSpec } from '../standard/kind-spec.ts'
import { searchKey } from '../standard/search-key.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { allDirectories, directoryChain, type Directory } from './directories.ts'

export const directoryKind: KindSpec<DirectoryContent> = {
  kind: 'directory',
  label: '事项目录',
  table: 'matter_directory',
  content: directoryContent,
  jsonFields: ['elements'],
  locked: ['code', 'parentId'],
  fieldNames: { code: '编码', name: '名称', parentId: '上级目录', sort: '排序', description: '说明', elements: '要素' },
  title: (_ctx, content) => content.name,

  async check(ctx, content, { id, stage }) {
    const all = await allDirectories(ctx)
    const parent = content.parentId ? all.get(content.parentId) : null
    if (parent === undefined) throw kernelErrors('invalid', { fields: [{ path: 'parentId', message: '上级目录不存在' }] })
    for (const other of all.values()) {
      if (other.id === id || other.state === 'void') continue
      if (other.code === content.code) throw mattersErrors('duplicateCode', { params: { code: content.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
      if (other.parentId === content.parentId && other.name === content.name) throw mattersErrors('duplicateName', { params: { name: content.name }, fields: [{ path: 'name', message: '同一上级下已有同名目录' }] })
    }
    if (parent && parent.tenantId !== ctx.tenantId) throw mattersErrors('inherited')
    if (parent && (await mattersUnder(ctx, parent.id, [])) > 0) throw mattersErrors('directoryHasMatters')
    if (parent) requireParent(parent, stage)
    const inherited = mergeElements((await directoryChain(ctx, parent?.path ?? [])).map((directory) => directory.elements))
    const conflicts = elementConflicts(content.elements, inherited)
    if (conflicts.length > 0) throw mattersErrors('elementConflict', { fields: conflicts })
  },

  async derive(ctx, id, content) {
    const parent = content.parentId ? (await allDirectories(ctx)).get(content.parentId) : undefined
    const path = [...(parent?.path ?? []), id]
    return { path, level: path.length - 1, search_key: searchKey(content.code, content.name) }
  },

  async checkRetire(ctx, id) {
    const children = [...(await allDirectories(ctx)).values()].filter((child) => child.parentId === id && !['withdrawn', 'offline', 'void'].includes(child.state))
    const count = children.length + (await mattersUnder(ctx, id, ['withdrawn', 'offline']))
    if (count > 0) throw mattersErrors('childrenInUse', { params: { count } })
  },
}

/** Matters that hang directly under a directory, without void ones and those in `leftOut`. */
async function mattersUnder(ctx: Ctx, directoryId: string, leftOut: string[]): Promise<number> {
  const row = await ctx.acrossTenants<MattersTables>('matters of the own tenant and of those above').selectFrom('matter_matter').select((e) => e.fn.countAll<number>().as('n'))
    .where('tenant_id', 'in', await tenantChain(ctx)).where('directory_id', '=', directoryId).where('state', 'not in', ['void', ...leftOut]).executeTakeFirstOrThrow()
  return row.n
}

/** A node may be prepared and submitted with its parent; it is published after it. */
export function requireParent(parent: Pick<Directory, 'state' | 'name'>, stage: 'save' | 'submit' | 'publish'): void {
  const fits = stage === 'publish' ? ['effective'] : stage === 'submit' ? ['effective', 'pendingReview'] : ['effective', 'pendingReview', 'draft', 'rejected']
  if (!fits.includes(parent.state)) throw mattersErrors('parentNotEffective', { params: { name: parent.name } })
}
