// Which columns of a foreign table mean what. Pure.

export const importFields = ['title', 'content', 'occurredAt', 'requesterName', 'phone', 'userKey', 'appealType', 'area', 'address', 'externalId'] as const
export type ImportField = (typeof importFields)[number]

/** Field → column; columns that no field takes are kept with the order as extra values. */
export type ImportMapping = Partial<Record<ImportField, string>>

export const importFieldNames: Record<ImportField, string> = {
  title: '标题', content: '内容', occurredAt: '发生时间', requesterName: '诉求人姓名', phone: '联系电话', userKey: '用户标识（不显示真实身份）', appealType: '诉求类型', area: '区划', address: '地点', externalId: '原编号',
}

/** Words that column names of the field usually contain, the surest first. */
const words: Record<ImportField, readonly string[]> = {
  title: ['标题', '主题', '题目', 'title', 'subject'],
  content: ['详情', '内容', '诉求描述', '描述', '正文', 'content', 'text', 'description', 'body'],
  occurredAt: ['发生时间', '诉求时间', '留言时间', '来电时间', '创建时间', '提交时间', '时间', '日期', 'occurred', 'created', 'time', 'date'],
  requesterName: ['诉求人', '姓名', '联系人', '市民', 'requester', 'name'],
  phone: ['联系电话', '手机', '电话', 'phone', 'mobile', 'tel'],
  userKey: ['用户', '账号', 'user', 'account'],
  appealType: ['诉求类型', '类型', 'appealtype', 'type'],
  area: ['区划', '所属区', '区县', '地区', 'area', 'district'],
  address: ['地址', '地点', '位置', 'address', 'place', 'location'],
  externalId: ['工单编号', '留言编号', '编号', '序号', 'externalid', 'number', 'id'],
}

/** The likely mapping for these columns; each column is taken once. */
export function guessMapping(columns: readonly string[]): ImportMapping {
  const mapping: ImportMapping = {}
  const free = new Set(columns)
  for (const exact of [true, false]) {
    for (const field of importFields) {
      if (mapping[field]) continue
      const found = words[field].map((word) => [...free].find((column) => fits(column, word, exact))).find((column) => column !== undefined)
      if (found === undefined) continue
      mapping[field] = found
      free.delete(found)
    }
  }
  return mapping
}

function fits(column: string, word: string, exact: boolean): boolean {
  const name = column.toLowerCase().replace(/[\s_-]/g, '')
  return exact ? name === word || name === `留言${word}` : name.includes(word)
}
