// Questions of a survey, what an answer must be, and how answers are counted. Pure.
export const questionTypes = ['single', 'multiple', 'scale', 'text', 'file'] as const
export type QuestionType = (typeof questionTypes)[number]
export type Question = { id: string; type: QuestionType; title: string; required: boolean; options: string[]; /** Most that may be chosen; of a scale: its highest step. */ max: number | null }
export type Answers = Record<string, string | number | string[]>

export const surveyStates = ['draft', 'review', 'published', 'closed'] as const
export type SurveyState = (typeof surveyStates)[number]
export const stateNames: Record<SurveyState, string> = { draft: '草稿', review: '待审核', published: '进行中', closed: '已结束' }
export const targetNames = { signedIn: '所有登录的公众', realName: '已实名的公众', enterprise: '企业账号联系人' } as const
export type Target = keyof typeof targetNames

export type SurveyAct = 'edit' | 'submit' | 'approve' | 'sendBack' | 'close'
export const actNames: Record<SurveyAct, string> = { edit: '修改', submit: '送审', approve: '通过并发布', sendBack: '退回修改', close: '结束' }
export const transitions: Record<SurveyAct, { from: readonly SurveyState[]; to: SurveyState }> = {
  edit: { from: ['draft'], to: 'draft' },
  submit: { from: ['draft'], to: 'review' },
  approve: { from: ['review'], to: 'published' },
  sendBack: { from: ['review'], to: 'draft' },
  close: { from: ['published'], to: 'closed' },
}

const SCALE = 5
export const stepsOf = (question: Question): number => question.max ?? SCALE

/** What is wrong with the questions themselves, by their place. */
export function questionProblems(questions: readonly Question[]): { path: string; message: string }[] {
  return questions.flatMap((q, i) => {
    const problems: { path: string; message: string }[] = []
    const choices = q.type === 'single' || q.type === 'multiple'
    if (choices && (q.options.length < 2 || new Set(q.options).size < q.options.length)) problems.push({ path: `questions.${i}.options`, message: `第 ${i + 1} 题至少要有两个不同的选项` })
    if (q.type === 'scale' && (stepsOf(q) < 2 || stepsOf(q) > 10)) problems.push({ path: `questions.${i}.max`, message: `第 ${i + 1} 题的量表为 2 到 10 级` })
    if (q.type === 'multiple' && q.max !== null && (q.max < 1 || q.max > q.options.length)) problems.push({ path: `questions.${i}.max`, message: `第 ${i + 1} 题最多可选数不正确` })
    if (questions.findIndex((other) => other.id === q.id) !== i) problems.push({ path: `questions.${i}.id`, message: `第 ${i + 1} 题重复` })
    return problems
  })
}

/** Errors of an answer sheet by question id; answers to unknown questions are errors too. */
export function answerProblems(questions: readonly Question[], answers: Answers): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const id of Object.keys(answers)) if (!questions.some((q) => q.id === id)) errors[id] = '没有这道题'
  for (const q of questions) {
    const value = answers[q.id]
    const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    if (empty) {
      if (q.required) errors[q.id] = '请回答这道题'
      continue
    }
    const wrong = problemOf(q, value)
    if (wrong) errors[q.id] = wrong
  }
  return errors
}

function problemOf(q: Question, value: string | number | string[]): string | null {
  switch (q.type) {
    case 'single':
      return typeof value === 'string' && q.options.includes(value) ? null : '请从选项中选择'
    case 'multiple':
      if (!Array.isArray(value) || new Set(value).size < value.length || value.some((one) => !q.options.includes(one))) return '请从选项中选择'
      return q.max !== null && value.length > q.max ? `最多选 ${q.max} 项` : null
    case 'scale':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= stepsOf(q) ? null : `请选 1 到 ${stepsOf(q)}`
    case 'text':
      return typeof value === 'string' && [...value].length <= 1000 ? null : '请写在 1000 字以内'
    case 'file':
      return Array.isArray(value) && value.length <= 5 ? null : '最多 5 个文件'
  }
}

export type Count = { option: string; count: number }
const optionsOf = (q: Question): string[] => (q.type === 'scale' ? Array.from({ length: stepsOf(q) }, (_, i) => String(i + 1)) : q.options)
const chosen = (value: Answers[string] | undefined): string[] => (value === undefined ? [] : Array.isArray(value) ? value : [String(value)])

/** Counts of a question's options, in their order; `answered` is how many answered it. */
export function countsOf(q: Question, sheets: readonly Answers[]): { answered: number; counts: Count[]; mean: number | null } {
  const given = sheets.map((sheet) => chosen(sheet[q.id])).filter((list) => list.length > 0)
  const counts = q.type === 'text' || q.type === 'file' ? [] : optionsOf(q).map((option) => ({ option, count: given.filter((list) => list.includes(option)).length }))
  const mean = q.type === 'scale' && given.length > 0 ? given.reduce((sum, list) => sum + Number(list[0]), 0) / given.length : null
  return { answered: given.length, counts, mean }
}

/** How answers to two questions go together: rows by the first, columns by the second. */
export function crossOf(first: Question, second: Question, sheets: readonly Answers[]): { rows: string[]; columns: string[]; cells: number[][] } {
  const [rows, columns] = [optionsOf(first), optionsOf(second)]
  return { rows, columns, cells: rows.map((row) => columns.map((column) => sheets.filter((sheet) => chosen(sheet[first.id]).includes(row) && chosen(sheet[second.id]).includes(column)).length)) }
}
