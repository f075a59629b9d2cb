// What many orders tell together: complained-against subjects, new and surging words, themes that no label fits.
import { z } from 'zod'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff', access: { permission: 'ai.read' }, tag: 'ai' } as const
const params = z.object({ id })
const sample = z.object({ number: z.string(), title: z.string() })

const subject = z.object({ name: z.string(), enterpriseId: id.nullable(), industry: z.string().nullable(), areaName: z.string().nullable(), outOfArea: z.boolean(), orders: z.number().int(), open: z.number().int(), negative: z.number().int(), before: z.number().int(), samples: z.array(sample) })
export const subjectFiguresRoute = describeRoute({
  ...read, id: 'subjectFigures', method: 'GET', path: '/api/orders/subjects/figures', summary: '被诉主体统计', query: z.object({ from: localDate, to: localDate, outOfArea: z.enum(['true', 'false']).transform((v) => v === 'true').optional(), q: z.string().trim().max(60).optional() }),
  /** `before`: orders of the period of the same length before; quality: of the names read by machine, those a person set right or dropped. */
  response: z.object({ items: z.array(subject), quality: z.object({ read: z.number().int(), linked: z.number().int(), corrected: z.number().int(), dropped: z.number().int(), added: z.number().int() }) }),
})

const surgeStates = ['open', 'setMade', 'labelProposed', 'dismissed'] as const
const surge = z.object({ id, term: z.string(), kind: z.enum(['subject', 'place', 'word']), day: z.string(), orders: z.number().int(), mean: z.number(), lastYear: z.number().int(), fresh: z.boolean(), seasonal: z.boolean(), curve: z.array(z.number().int()), samples: z.array(sample), state: z.enum(surgeStates), decidedByName: z.string().nullable() })
export const listSurgesRoute = describeRoute({ ...read, id: 'listSurges', method: 'GET', path: '/api/orders/surges', summary: '新发与激增', query: z.object({ state: z.enum(surgeStates).default('open') }), response: z.object({ items: z.array(surge) }) })
export const findSurgesRoute = describeRoute({ ...read, access: { permission: 'ai.manage' }, id: 'findSurges', method: 'POST', path: '/api/orders/surges/find', summary: '立即分析新发与激增', body: z.strictObject({}), response: z.object({ found: z.number().int() }) })
export const decideSurgeRoute = describeRoute({ ...read, id: 'decideSurge', method: 'POST', path: '/api/orders/surges/:id/decide', summary: '处置新发信息', params, body: z.strictObject({ act: z.enum(['set', 'label', 'dismiss']) }), response: z.object({ state: z.enum(surgeStates), setId: id.nullable() }) })

const proposal = z.object({ id, name: z.string(), definition: z.string(), keywords: z.array(z.string()), orders: z.number().int(), samples: z.array(sample), state: z.enum(['proposed', 'confirmed', 'rejected']), proposedAt: instant, decidedByName: z.string().nullable() })
export const listLabelProposalsRoute = describeRoute({ ...read, id: 'listLabelProposals', method: 'GET', path: '/api/orders/label-proposals', summary: '标签建议', query: z.object({ state: z.enum(['proposed', 'confirmed', 'rejected']).default('proposed') }), response: z.object({ items: z.array(proposal) }) })
export const mineLabelsRoute = describeRoute({ ...read, access: { permission: 'ai.manage' }, id: 'mineLabels', method: 'POST', path: '/api/orders/label-proposals/find', summary: '立即挖掘标签', body: z.strictObject({}), response: z.object({ found: z.number().int() }) })
export const decideLabelProposalRoute = describeRoute({
  ...read, access: { permission: 'platform.manageLabels' }, id: 'decideLabelProposal', method: 'POST', path: '/api/orders/label-proposals/:id/decide', summary: '确认或驳回标签建议', params,
  body: z.strictObject({ outcome: z.enum(['confirm', 'reject']), name: z.string().trim().min(1).max(40).optional(), definition: z.string().trim().max(500).optional(), keywords: z.array(z.string().trim().min(1).max(40)).max(50).optional(), classCode: z.string().max(40).optional(), putOn: z.boolean().default(true) }),
  response: z.object({ state: z.enum(['confirmed', 'rejected']), labelled: z.number().int() }),
})
