// The exchange as the rest of the domain sees it. Connected at start (`start-exchange.ts`); replaced by a scripted one in tests of the wire.
import { randomUUID } from 'node:crypto'
import type { CommandResult, EngineAct, LiveState, TicketClaims } from '../../../../../switch/src/engine-port.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { refusalNames } from '../texts.zh-CN.ts'

export type Exchange = {
  /** Sends a command and waits for its result; rejects when the exchange cannot be reached. */
  command(command: { commandId: string; tenant: string; callId: string | null; act: EngineAct }): Promise<CommandResult>
  /** The latest live state of a tenant; null while there is none. */
  live(tenant: string): LiveState | null
  connected(): boolean
  /** A ticket for the desk's or a citizen's own socket, and where that socket is. */
  ticket(claims: TicketClaims): Promise<{ ticket: string; url: string }>
  putFile(sha256: string, alaw: Buffer): Promise<void>
  recording(id: string): Promise<ReadableStream<Uint8Array>>
}

/** Set by app.ts through the module's start. */
export const exchange: { port: Exchange | null } = { port: null }

export function requireExchange(): Exchange {
  if (!exchange.port?.connected()) throw telephonyFail('exchangeDown')
  return exchange.port
}

/**
 * One command; a refusal of the exchange becomes ours with its reason in Chinese. `key` makes a repeated send one act.
 * @throws telephony.exchangeDown, callEnded, notYourCall, refusedByExchange
 */
export async function order(tenantId: string, callId: string | null, act: EngineAct, key?: string): Promise<Record<string, unknown>> {
  const result = await requireExchange().command({ commandId: key ?? randomUUID(), tenant: tenantId, callId, act }).catch((error: unknown) => {
    throw error instanceof Error && error.message === 'exchange unreachable' ? telephonyFail('exchangeDown') : error
  })
  if (result.status < 300) return result.data ?? {}
  const reason = refusalNames[result.code ?? ''] ?? result.detail ?? result.code ?? '未知原因'
  if (result.code === 'callEnded') throw telephonyFail('callEnded', { rule: 'telephony.callState' })
  if (result.code === 'notYourCall') throw telephonyFail('notYourCall')
  if (result.code === 'trunkFailure') throw telephonyFail('noLine')
  if (result.status === 404) throw telephonyFail('callNotFound')
  if (result.status === 503) throw telephonyFail('exchangeDown', { detail: reason })
  throw telephonyFail('refusedByExchange', { rule: `telephony.${result.code ?? 'refused'}`, params: { reason } })
}
