// Callbacks on completed inspection cases as routes (CBK-15).
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

export const inspectionWays = ['call', 'inPerson'] as const
export const inspectionGrades = ['satisfied', 'basically', 'dissatisfied'] as const
const inspect = { audience: 'staff', access: { permission: 'supervision.inspect' } } as const
const one = z.object({ id })
const fields = { calledAt: instant, way: z.enum(inspectionWays), reason: z.string().trim().min(1, '必填').max(500), bodyGrade: z.enum(inspectionGrades), unitGrade: z.enum(inspectionGrades), note: z.string().trim().max(1000).default('') }
const said = z.object({ calledAt: instant, wayName: z.string(), reason: z.string(), bodyGradeName: z.string(), unitGradeName: z.string(), note: z.string() })
const record = z.object({ id, ...fields, wayName: z.string(), bodyGradeName: z.string(), unitGradeName: z.string(), callerName: z.string(), at: instant, version: z.int(), changes: z.array(said.extend({ id, changedAt: instant, byName: z.string() })) })
const records = z.object({ items: z.array(record), /** Why nothing can be added now; null where it can. */ refused: z.string().nullable() })

export const listInspectionCallbacks = describeRoute({ id: 'listInspectionCallbacks', method: 'GET', path: '/api/callback/inspections/:id', summary: '督查案件回访', audience: 'staff', access: { permission: 'supervision.read' }, params: one, response: records })
export const addInspectionCallback = describeRoute({ ...inspect, id: 'addInspectionCallback', method: 'POST', path: '/api/callback/inspections/:id', summary: '登记督查案件回访', params: one, body: z.object(fields), response: records })
export const changeInspectionCallback = describeRoute({ ...inspect, id: 'changeInspectionCallback', method: 'PUT', path: '/api/callback/inspections/:id/:recordId', summary: '修改督查案件回访', params: z.object({ id, recordId: id }), body: z.object({ ...fields, version: z.int() }), response: records })
