// One HTTP call to a configured service, bounded in time and size; the answer as text.
import { PATIENCE_MS } from '../channels.ts'
import { unreachable } from './texts.zh-CN.ts'

export type Answer = { ok: true; status: number; text: string } | { ok: false; reason: string }
const MOST = 20_000

export async function callOut(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) })
    return { ok: true, status: response.status, text: (await response.text()).slice(0, MOST) }
  } catch (error) {
    return { ok: false, reason: error instanceof Error && error.name === 'TimeoutError' ? `${unreachable}（超时）` : unreachable }
  }
}

export function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
