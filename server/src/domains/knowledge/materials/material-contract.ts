// Publicity material (KNO-35): what is planned, where it was released and how much it was viewed.
import { z } from 'zod'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { itemStates } from '../items/item.ts'

const text = (max: number) => z.string().trim().max(max)
const keeps = { audience: 'staff' as const, access: { anyOf: ['knowledge.edit', 'knowledge.review', 'knowledge.publish'] } }
const publishes = { audience: 'staff', access: { permission: 'knowledge.publish' } } as const
const one = z.object({ id })
const address = z.union([z.literal(''), z.url({ protocol: /^https?$/, error: '请填写 http 或 https 网址' }).max(500)]).default('')
const views = z.number().int().min(0).max(2_000_000_000)

const material = z.object({
  id, code: z.string(), title: z.string(), form: z.string(), plannedChannels: z.string(), state: z.enum(itemStates), stateName: z.string(), ownerUnitName: z.string(), publishAt: instant.nullable(), publishedAt: instant.nullable(), changedAt: instant,
  /** Opened by readers here; the views below are those told by the channels. */
  reads: z.number().int(), channels: z.array(z.string()), releases: z.number().int(), views: z.number().int(),
})
export const listMaterials = describeRoute({ ...keeps, id: 'listPublicityMaterials', method: 'GET', path: '/api/knowledge/materials', summary: '宣传素材', query: pageQuery.extend({ q: text(100).optional(), state: z.enum(itemStates).optional(), channel: text(40).optional() }), response: pageOf(material) })
const release = z.object({ id, versionNumber: z.number().int(), channel: z.string(), address: z.string(), releasedOn: z.string(), views: z.number().int().nullable(), viewedAt: instant.nullable(), byName: z.string(), at: instant })
export const listReleases = describeRoute({ ...keeps, id: 'listMaterialReleases', method: 'GET', path: '/api/knowledge/items/:id/releases', summary: '素材的发布去向', params: one, response: z.object({ items: z.array(release), usable: z.boolean(), channels: z.array(z.string()) }) })
export const addRelease = describeRoute({ ...publishes, id: 'addMaterialRelease', method: 'POST', path: '/api/knowledge/items/:id/releases', summary: '登记素材的发布去向', params: one, body: z.strictObject({ channel: text(40).min(1, '请填写渠道'), address, releasedOn: localDate, views: views.nullable().default(null) }), response: one })
export const noteViews = describeRoute({ ...publishes, id: 'noteMaterialViews', method: 'POST', path: '/api/knowledge/releases/:id/views', summary: '更新素材的浏览量', params: one, body: z.strictObject({ views }), response: one })
export const removeRelease = describeRoute({ ...publishes, id: 'removeMaterialRelease', method: 'DELETE', path: '/api/knowledge/releases/:id', summary: '删除登记错的发布去向', params: one, response: one })
