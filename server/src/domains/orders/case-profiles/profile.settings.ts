import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

const line = z.object({ code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/), name: z.string().trim().min(1).max(40) })
export const mergedLines = defineSetting({
  key: 'order.lines', label: '归并线路', help: '已并入本中心的热线：代码和名称。登记时选择线路，出现绑定到该线路的拓展表单', schema: z.array(line).max(200), fallback: [], scope: 'tenant',
  check: async (value) => (new Set(value.map((one) => one.code)).size < value.length ? '线路代码不能重复' : null),
})
