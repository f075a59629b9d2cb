// What the portal shows before anybody is known: the centre, appeal types, matters, what is asked, what is already known nearby.
import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const open = { method: 'GET', audience: 'public', access: 'everybody', limit: 240 } as const
const matter = z.object({ id, name: z.string(), path: z.array(z.string()) })

export const portalSettings = describeRoute({
  ...open, id: 'portalSettings', path: '/api/public/settings', summary: '门户设置',
  response: z.object({
    centreName: z.string(), hotline: z.string(), areaCode: z.string(), areaName: z.string(), timeZone: z.string(),
    /** Null while the portal takes appeals. */
    closed: z.string().nullable(),
    files: z.object({ count: z.number().int(), sizeMb: z.number(), videoMb: z.number().nullable() }),
    notices: z.array(z.object({ title: z.string(), text: z.string() })), hotWords: z.array(z.string()),
    /** Name of the identity platform by which one may sign in. */
    unified: z.string().nullable(),
    /** Speech becomes text here. */
    speech: z.boolean(),
    /** WeChat entries that work now. */
    wechat: z.array(z.enum(['officialAccount', 'miniProgram'])),
    realNameRequired: z.boolean(), maxQuestions: z.number().int(), ratingReasons: z.array(z.string()),
    appealTypes: z.array(z.object({ id: z.string(), name: z.string(), description: z.string() })),
  }),
})
export const publicDirectories = describeRoute({ ...open, id: 'publicDirectories', path: '/api/public/matter-directories', summary: '事项目录', response: z.object({ items: z.array(z.object({ id, name: z.string(), parentId: z.string().nullable(), level: z.number().int() })) }) })
export const publicMatters = describeRoute({
  ...open, id: 'publicMatters', path: '/api/public/matters', summary: '查找诉求事项',
  query: z.object({ query: z.string().trim().max(50).default(''), directoryId: id.optional(), appealType: z.string().max(30).optional(), limit: z.coerce.number().int().min(1).max(50).default(20) }), response: z.object({ items: z.array(matter) }),
})
/** A POST, so that the words people write stand in no access log. */
export const suggestMatters = describeRoute({
  ...open, method: 'POST', id: 'suggestPublicMatters', path: '/api/public/matters/suggest', summary: '按描述推荐诉求事项', audit: false, secret: true, limit: 60,
  body: z.strictObject({ text: z.string().trim().max(2000), appealType: z.string().max(30).optional() }), response: z.object({ items: z.array(matter) }),
})
export const publicMatter = describeRoute({
  ...open, id: 'publicMatter', path: '/api/public/matters/:id', summary: '事项与需要补充的情况', params: z.object({ id }), query: z.object({ appealType: z.string().max(30).optional() }),
  response: matter.extend({ questions: z.array(z.object({ code: z.string(), name: z.string(), ask: z.string(), type: z.enum(['text', 'number', 'date', 'choice', 'multiple']), options: z.array(z.string()), help: z.string().nullable() })) }),
})
export const nearbyAppeals = describeRoute({
  ...open, id: 'nearbyAppeals', path: '/api/public/nearby', summary: '附近同类诉求', limit: 60, query: z.object({ matterId: id, areaCode: z.string().min(9).max(12) }),
  response: z.object({ count: z.number().int(), matterName: z.string(), place: z.string(), states: z.array(z.object({ state: z.string(), stateName: z.string(), count: z.number().int() })) }),
})
