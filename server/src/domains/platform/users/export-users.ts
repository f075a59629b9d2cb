import type { Ctx } from '../../../kernel/ctx.ts'
import type { ExportCell, ExportFilter, ExportSource } from '../lists/export-sources.ts'
import { formatFull } from '../../../kernel/time/index.ts'
import { targetTenant } from '../reach.ts'
import { countUsers, readUsers, type UserFilter, type UserItem } from './user.queries.ts'

const READ = 'platform.readUsers'
const PAGE = 500

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function filterOf(ctx: Ctx, filter: ExportFilter): UserFilter {
  return { tenantId: targetTenant(ctx, READ, text(filter['tenantId'])), unitId: text(filter['unitId']), query: text(filter['query']), state: text(filter['state']), roleId: text(filter['roleId']) }
}

const stateTexts: Record<UserItem['state'], string> = { active: '正常', disabled: '停用', deleted: '已删除' }
const cells = (user: UserItem): Record<string, ExportCell> => ({
  ...user, roles: user.roles.join('、'), state: stateTexts[user.state], lastSignInAt: user.lastSignInAt === null ? null : formatFull(user.lastSignInAt),
})

/** The list of users as a sheet; mobiles stay masked. */
export const userExport: ExportSource = {
  page: 'users',
  title: '用户',
  permission: READ,
  columns: [
    ['staffNo', '工号'], ['name', '姓名'], ['login', '登录名'], ['unitName', '主要机构'], ['mobileMasked', '手机'], ['roles', '角色'], ['state', '状态'], ['validTo', '有效期至'], ['lastSignInAt', '最近登录'],
  ].map(([key = '', label = '']) => ({ key, label })),
  async *rows(ctx, filter, _columns, { ids }) {
    const wanted = filterOf(ctx, filter)
    for (let after: [string, string] | null = null; ; ) {
      const page: UserItem[] = await readUsers(ctx, READ, wanted, after, PAGE)
      if (page.length > 0) yield page.filter((user) => ids === null || ids.includes(user.id)).map(cells)
      const last = page.at(-1)
      if (!last || page.length < PAGE) return
      after = [last.staffNo, last.id]
    }
  },
  count: async (ctx, filter, { ids }) => ids?.length ?? (await countUsers(ctx, READ, filterOf(ctx, filter))).value,
}
