// The one error of all web apps: what the server answered (problem+json), or that it did not answer. Each app gives its own words.

export type ProblemField = { path: string; message: string }

export type ProblemBody = {
  type?: string
  code: string
  title: string
  status: number
  detail?: string
  rule?: string
  until?: string
  fields?: ProblemField[]
  requestId?: string
  /** On 409: what changed and by whom. */
  current?: unknown
}

/** Codes made on this side: the server was not reached, or answered something unreadable. */
export const NETWORK = 'network'
export const UNREADABLE = 'unreadable'

export class Problem extends Error {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly detail: string | undefined
  readonly rule: string | undefined
  readonly until: string | undefined
  readonly fields: ProblemField[]
  readonly requestId: string | undefined
  readonly current: unknown

  constructor(body: ProblemBody) {
    super(body.detail ? `${body.title}：${body.detail}` : body.title)
    this.name = 'Problem'
    this.code = body.code
    this.title = body.title
    this.status = body.status
    this.detail = body.detail
    this.rule = body.rule
    this.until = body.until
    this.fields = body.fields ?? []
    this.requestId = body.requestId
    this.current = body.current
  }

  /** Nobody knows whether the command arrived: the same key must be used again. */
  get undecided(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isField(value: unknown): value is ProblemField {
  return isRecord(value) && typeof value.path === 'string' && typeof value.message === 'string'
}

/** Reads a problem out of any answer; an answer that is no problem+json becomes one in plain words. */
export function problemFrom(status: number, body: unknown): Problem {
  const b = isRecord(body) ? body : {}
  return new Problem({
    code: text(b.code) ?? UNREADABLE,
    title: text(b.title) ?? plainTitle(status),
    status,
    detail: text(b.detail),
    rule: text(b.rule),
    until: text(b.until),
    fields: Array.isArray(b.fields) ? b.fields.filter(isField) : [],
    requestId: text(b.requestId),
    current: b.current,
  })
}

const words = { network: '网络中断，请求未送达', client: '页面出现错误' }

/** The app's own words for what happened on this side; set once at its entry. */
export function setProblemWords(own: typeof words): void {
  Object.assign(words, own)
}

export function networkProblem(): Problem {
  return new Problem({ code: NETWORK, title: words.network, status: 0 })
}

/** Any thrown value as a Problem, so that pages show one kind of error. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new Problem({ code: 'client', title: words.client, status: 0, detail })
}

function plainTitle(status: number): string {
  if (status === 403) return '没有权限'
  if (status === 404) return '内容不存在或您无权查看'
  if (status === 413) return '内容过大'
  if (status === 429) return '操作过于频繁，请稍后再试'
  if (status >= 500) return '服务暂时不可用，请稍后重试'
  return '请求未成功'
}
