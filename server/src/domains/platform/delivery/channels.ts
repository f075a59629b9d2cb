// Channels beside the in-app message: what an adapter must be able to do. Each adapter passes adapters/contract-suite.test.ts.
import { definePort } from '../../../kernel/port.ts'

export const channels = ['sms', 'email', 'wechat', 'webhook'] as const
export type Channel = (typeof channels)[number]

export type Outgoing = {
  /** Stable over retries, so that the other side can drop what it already took. */
  id: string
  tenantId: string
  /** Telephone, e-mail address, openid; empty for channels without persons. */
  address: string
  title: string
  text: string
  /** Path in the console, or null. */
  link: string | null
  type: string
  level: string
  at: string
}
/** `final`: trying again cannot help (the address does not exist). */
export type Sent = { ok: true; result: string } | { ok: false; reason: string; final?: boolean }

export type Config = Record<string, string>
export type ConfigField = { key: string; label: string; secret?: true; optional?: true; help?: string; pattern?: RegExp; message?: string }

export type Adapter = {
  code: string
  channel: Channel
  name: string
  fields: ConfigField[]
  /** Gives up after some seconds by itself; a thrown error counts as a failure that may pass. Never logs address or text. */
  send(message: Outgoing, config: Config): Promise<Sent>
}

/** Adapters that later domains (connectors) add. */
export const channelAdapters = definePort<() => Adapter[]>('platform.channelAdapters')

/** Seconds after which an attempt counts as failed. */
export const PATIENCE_MS = 15_000
