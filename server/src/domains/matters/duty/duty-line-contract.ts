import { z } from 'zod'
import { id, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { dutyLineContent, dutyLineKinds } from '../standard/content.ts'
import { patchOf } from '../standard/patch-of.ts'
import { changed, edit, read, standardMeta, stateFilter, submitFlag } from '../standard/standard-contract.ts'

const item = dutyLineContent.extend(standardMeta.shape).extend({ kindName: z.string(), matterCode: z.string(), matterName: z.string(), unitName: z.string() })

export const listDutyLines = describeRoute({
  id: 'listDutyLines', method: 'GET', path: '/api/matters/duty-lines', summary: '责任、权力、负面清单', audience: 'staff', access: read,
  query: pageQuery.extend({ ...stateFilter, kind: listOf(z.enum(dutyLineKinds)).optional(), matterId: id.optional(), unitId: id.optional(), query: z.string().trim().max(100).optional() }),
  response: pageOf(item),
})
export const createDutyLine = describeRoute({ id: 'createDutyLine', method: 'POST', path: '/api/matters/duty-lines', summary: '新建清单条目', audience: 'staff', access: edit, body: dutyLineContent.extend(submitFlag), response: changed })
export const editDutyLine = describeRoute({ id: 'editDutyLine', method: 'PATCH', path: '/api/matters/duty-lines/:id', summary: '修改清单条目', audience: 'staff', access: edit, params: z.object({ id }), body: patchOf(dutyLineContent.shape), response: changed })
