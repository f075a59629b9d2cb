// Element labels of types of appeals as routes: what is asked whenever a type is chosen, beside the matter's own elements (ORD-05).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { instant } from '../../../kernel/http/codec.ts'
import { matterElement } from '../../matters/index.ts'

const type = z.object({ appealType: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/) })
const labels = z.object({ appealType: z.string(), name: z.string(), elements: z.array(matterElement), version: z.number().int(), changedAt: instant.nullable(), changedByName: z.string().nullable() })
const manage = { audience: 'staff', access: { permission: 'orders.manageRegistrationRules' }, tag: 'registrationRules' } as const

export const typeElementsRoute = describeRoute({ id: 'typeElements', method: 'GET', path: '/api/orders/type-elements', summary: '诉求类型的要素标签', audience: 'staff', access: { permission: 'orders.register' }, tag: 'registrationRules', query: type, response: z.object({ elements: z.array(matterElement) }) })
export const listTypeElementsRoute = describeRoute({ ...manage, id: 'listTypeElements', method: 'GET', path: '/api/order-type-elements', summary: '各诉求类型的要素标签', response: z.object({ items: z.array(labels) }) })
export const setTypeElementsRoute = describeRoute({ ...manage, id: 'setTypeElements', method: 'PUT', path: '/api/order-type-elements/:appealType', summary: '维护诉求类型的要素标签', params: type, body: z.object({ elements: z.array(matterElement).max(30), version: z.number().int() }), response: labels })
