// Every refusal and failure as problem+json, with a request id the user can read out.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError, kernelErrors, type FieldError } from '../errors.ts'

// Connection and resource failures of PostgreSQL (classes 08, 53, 57, 58) and of the socket.
const UNAVAILABLE = /^(08|53|57P|58)/
const DISK_FULL = '53100'
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

export function asAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  if (error instanceof z.ZodError) return kernelErrors('invalid', { fields: fieldErrors(error) })
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === DISK_FULL || code === 'ENOSPC') return kernelErrors('storageFull')
  // ENOENT of a connect is a Unix socket whose database is down.
  const connecting = typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'connect'
  if (UNAVAILABLE.test(code) || SOCKET.has(code) || connecting || (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool|Query read timeout/.test(error.message))) return kernelErrors('unavailable')
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return kernelErrors('unparsable')
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') return kernelErrors('tooLarge')
  // Text that PostgreSQL cannot hold (NUL) is the client's mistake.
  if (code === '22021' || code === '22P05') return kernelErrors('invalid')
  return null
}

export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: chinese(issue) }))
}

/** Short Chinese sentence for a zod issue; contracts may give their own text with `error: '…'`. */
function chinese(issue: z.core.$ZodIssue): string {
  if (/[\u4e00-\u9fff]/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? '必填' : '类型不正确'
    case 'too_small':
      return issue.origin === 'string' ? (issue.minimum === 1 ? '必填' : `至少 ${issue.minimum} 个字`) : issue.origin === 'array' ? `至少 ${issue.minimum} 项` : `不能小于 ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string' ? `不能超过 ${issue.maximum} 个字` : issue.origin === 'array' ? `不能超过 ${issue.maximum} 项` : `不能大于 ${issue.maximum}`
    case 'invalid_value':
      return '不在可选范围内'
    case 'unrecognized_keys':
      return `不认识的字段：${issue.keys.join('、')}`
    case 'invalid_format':
      return '格式不正确'
    default:
      return '内容有误'
  }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: FastifyError | Error): void {
  const known = asAppError(error)
  const status = known?.status ?? ('statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500 ? error.statusCode : 500)
  if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
  if (known?.code === 'kernel.unavailable') void reply.header('retry-after', '2')
  void reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: 'about:blank',
        code: known?.code ?? (status === 404 ? 'kernel.notFound' : status < 500 ? 'kernel.unparsable' : 'kernel.failed'),
        title: known?.title ?? (status === 404 ? '内容不存在或您无权查看' : status < 500 ? '请求格式不正确' : '系统出错，您的操作未执行，请稍后重试'),
        status,
        ...known?.refusal,
        params: undefined,
        requestId: request.id,
      }),
    )
}
