// Errors that reach a user: a stable code, declared by the domain it belongs to, told in Chinese.

/** What a domain declares for one of its error codes. `status` is the HTTP status; `title` is what the user reads, with {placeholders}. */
export type ErrorSpec = { status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503 | 507; title: string }

export type FieldError = { path: string; message: string }

export type Refusal = {
  detail?: string
  /** Name of the rule that refuses (setting key, transition, window …), shown under "为什么不能操作". */
  rule?: string
  /** Until or since when the rule holds, ISO 8601. */
  until?: string
  fields?: FieldError[]
  /** For 409: what stands now, and who changed it. */
  current?: unknown
  params?: Record<string, string | number>
}

export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly refusal: Refusal
  constructor(code: string, spec: ErrorSpec, refusal: Refusal = {}) {
    const title = spec.title.replace(/\{(\w+)\}/g, (_, key: string) => String(refusal.params?.[key] ?? ''))
    super(`${code}: ${title}`)
    this.name = 'AppError'
    this.code = code
    this.status = spec.status
    this.title = title
    this.refusal = refusal
  }
}

/** Thrown by a use-case: what it wrote stays (a wrong sign-in is counted), and the caller is refused by `error` after the commit. */
export class KeptRefusal extends Error {
  readonly error: AppError
  constructor(error: AppError) {
    super(error.message)
    this.name = 'KeptRefusal'
    this.error = error
  }
}

/**
 * Declares the errors of a domain: `const fail = defineErrors('orders', { notPending: { status: 409, title: '…' } })`,
 * then `throw fail('notPending', { rule })`. The code on the wire is `orders.notPending`.
 */
export function defineErrors<const T extends Record<string, ErrorSpec>>(domain: string, specs: T) {
  const fail = (name: keyof T & string, refusal?: Refusal): AppError => {
    const spec = specs[name]
    if (!spec) throw new Error(`undeclared error ${domain}.${name}`)
    return new AppError(`${domain}.${name}`, spec, refusal)
  }
  return Object.assign(fail, { specs, domain })
}

/** Errors that every route can answer. */
export const kernelErrors = defineErrors('kernel', {
  unparsable: { status: 400, title: '请求格式不正确' },
  invalid: { status: 422, title: '填写的内容有误，请检查标出的字段' },
  signInRequired: { status: 401, title: '请先登录' },
  csrf: { status: 403, title: '页面已过期，请刷新后重试' },
  moduleOff: { status: 403, title: '本单位没有开通此功能所在的模块，请联系系统管理员' },
  forbidden: { status: 403, title: '您没有“{permission}”权限' },
  notFound: { status: 404, title: '内容不存在或您无权查看' },
  conflict: { status: 409, title: '内容已被他人更改，您的操作未执行' },
  idempotencyMismatch: { status: 409, title: '同一提交标识的内容不一致' },
  tooMany: { status: 429, title: '操作过于频繁，请稍后再试' },
  tooLarge: { status: 413, title: '内容过大' },
  storageFull: { status: 507, title: '存储空间已满，本次操作没有保存，已保存的内容不受影响；请联系管理员清理磁盘后重试' },
  unavailable: { status: 503, title: '服务暂时不可用，已保存的内容不受影响，请稍后重试' },
})
