// A line of the upper platform's detail: which column means what, what it says, or why it cannot be taken. Pure.
import { fieldNames } from './upper.zh-CN.ts'

export const upperFields = ['number', 'contacted', 'solved', 'satisfied', 'notCounted', 'shelvingEnded', 'keyEvent', 'unitName', 'caseType', 'source', 'removed', 'removedReason'] as const
export type UpperField = (typeof upperFields)[number]
/** Field → column of the file. */
export type UpperMapping = Partial<Record<UpperField, string>>
export type Fault = { line: number; field: string; message: string }
export type Statement = 'yes' | 'no' | 'notStated'
export type UpperRow = {
  line: number; number: string; contacted: Statement; solved: Statement; satisfied: Statement
  notCounted: boolean | null; shelvingEnded: boolean | null; keyEvent: boolean | null; removed: boolean | null
  removedReason: string | null; unitName: string | null; caseType: string | null; source: string | null
}

/** Words that the column names of such files contain, the surest first; the longer name wins because it is asked first. */
const words: Record<UpperField, readonly string[]> = {
  number: ['工单编号', '工单号', '案件编号', '诉求编号', '编号'], contacted: ['是否联系', '是否响应', '响应', '联系'], solved: ['是否解决', '解决'], satisfied: ['是否满意', '满意'],
  removedReason: ['主动剔除原因', '不考核原因'], removed: ['主动剔除', '不考核'], notCounted: ['不纳入', '是否剔除', '剔除'], shelvingEnded: ['是否销账', '销账'], keyEvent: ['重点关注', '关注事项', '重点'],
  unitName: ['承办单位', '办理单位', '主办单位', '承办部门', '单位', '部门'], caseType: ['问题分类', '诉求类型', '案件类型', '分类', '类型'], source: ['诉求来源', '来源', '渠道'],
}
/** Longer meanings before those that are part of them. */
const askOrder: readonly UpperField[] = ['number', 'removedReason', 'removed', 'notCounted', 'shelvingEnded', 'satisfied', 'solved', 'contacted', 'keyEvent', 'unitName', 'caseType', 'source']

/** The likely mapping; each column is taken once. */
export function guessUpperMapping(columns: readonly string[]): UpperMapping {
  const mapping: UpperMapping = {}
  const free = new Set(columns)
  for (const exact of [true, false]) {
    for (const field of askOrder) {
      if (mapping[field] !== undefined) continue
      const found = [fieldNames[field], ...words[field]].map((word) => [...free].find((column) => (exact ? column.trim() === word : column.includes(word)))).find((column) => column !== undefined)
      if (found === undefined) continue
      mapping[field] = found
      free.delete(found)
    }
  }
  return mapping
}

const yes = ['是', '1', '有', '已', '√', '已联系', '已响应', '响应', '已解决', '解决', '满意', '基本满意', '已剔除', '剔除', '不纳入', '已销账', '销账', '重点', '主动剔除']
const no = ['否', '0', '无', '未', '×', '未联系', '未响应', '未解决', '不满意', '未剔除', '纳入', '未销账', '一般', '正常']
const silent = ['', '-', '—', '未表态', '未评价', '未知']

function answer(text: string): Statement | undefined {
  if (silent.includes(text)) return 'notStated'
  return yes.includes(text) ? 'yes' : no.includes(text) ? 'no' : undefined
}

const answers = ['contacted', 'solved', 'satisfied'] as const
const marks = ['notCounted', 'shelvingEnded', 'keyEvent', 'removed'] as const
const texts = ['removedReason', 'unitName', 'caseType', 'source'] as const
const MOST_TEXT = 120

type Line = { line: number; values: Record<string, string>; error?: string }

/** Reads one line by the mapping; a line with any fault is not taken. */
export function readUpperRow({ line, values, error }: Line, mapping: UpperMapping): { row: UpperRow; faults: Fault[] } {
  const faults: Fault[] = error === undefined ? [] : [{ line, field: '', message: error }]
  const cell = (field: UpperField): string => { const column = mapping[field]; return column === undefined ? '' : (values[column] ?? '').trim() }
  const fault = (field: UpperField, message: string): void => void faults.push({ line, field, message })
  const said = (field: UpperField): Statement => {
    const found = answer(cell(field))
    if (found === undefined) fault(field, `${fieldNames[field]}“${cell(field).slice(0, 20)}”读不懂，请填 是 或 否`)
    return found ?? 'notStated'
  }
  const number = cell('number')
  if (number === '' && error === undefined) fault('number', '没有工单号')
  for (const field of texts) if (cell(field).length > MOST_TEXT) fault(field, `${fieldNames[field]}超过 ${MOST_TEXT} 字`)
  // A column that is there and empty says no; one that is not there says nothing.
  const marked = (field: (typeof marks)[number]): boolean | null => (mapping[field] === undefined ? null : said(field) === 'yes')
  const row = {
    line, number, ...(Object.fromEntries(answers.map((field) => [field, said(field)])) as Record<(typeof answers)[number], Statement>), // one entry an answer
    ...(Object.fromEntries(marks.map((field) => [field, marked(field)])) as Record<(typeof marks)[number], boolean | null>),
    ...(Object.fromEntries(texts.map((field) => [field, cell(field) || null])) as Record<(typeof texts)[number], string | null>),
  }
  return { row, faults }
}

/** Rows of orders that are known, each once; the others become faults. `known`: order's id by either platform's number. */
export function matchRows(rows: readonly UpperRow[], known: ReadonlyMap<string, string>): { good: (UpperRow & { orderId: string })[]; faults: Fault[] } {
  const good: (UpperRow & { orderId: string })[] = []
  const faults: Fault[] = []
  const first = new Map<string, number>()
  for (const row of rows) {
    const orderId = known.get(row.number)
    const before = orderId === undefined ? undefined : first.get(orderId)
    if (orderId === undefined) faults.push({ line: row.line, field: 'number', message: `本中心没有工单“${row.number.slice(0, 40)}”` })
    else if (before !== undefined) faults.push({ line: row.line, field: 'number', message: `与第 ${before} 行是同一件工单` })
    else {
      first.set(orderId, row.line)
      good.push({ ...row, orderId })
    }
  }
  return { good, faults }
}
