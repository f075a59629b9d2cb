// Rules, templates and channels of a tenant, cached under the stamp `messages`; which rule holds for whom.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { groupOf, type MessageLevel } from '../messages/message-types.ts'
import { stampsOf } from '../stamps.ts'
import { channels, type Channel } from './channels.ts'

export type Rule = { id: string; type: string; roleCode: string | null; unitId: string | null; levels: string[]; channels: string[]; fallback: Channel | null }
export type Template = { type: string; channel: Channel; title: string; text: string }
export type ChannelState = { adapter: string; enabled: boolean }
export type Setup = { rules: Rule[]; templates: Template[]; channels: ReadonlyMap<Channel, ChannelState> }

/** What a channel is without a row: SMS goes by the installation's gateway, others must be configured first. */
export const channelDefault = (channel: Channel): ChannelState => (channel === 'sms' ? { adapter: 'gateway', enabled: true } : { adapter: 'development', enabled: false })

const cache = new Map<string, { stamp: string; setup: Promise<Setup> }>()

export async function setupOf(ctx: Ctx): Promise<Setup> {
  const stamp = (await stampsOf(ctx)).messages
  const held = cache.get(ctx.tenantId)
  if (held?.stamp === stamp) return held.setup
  const setup = read(ctx)
  cache.set(ctx.tenantId, { stamp, setup })
  setup.catch(() => cache.delete(ctx.tenantId))
  return setup
}

async function read(ctx: Ctx): Promise<Setup> {
  const rules = await sql<Rule>`select id, type, role_code as "roleCode", unit_id as "unitId", levels, channels, fallback from platform_message_rule where tenant_id = ${ctx.tenantId} and enabled order by changed_at, id`.execute(ctx.db())
  const templates = await sql<Template>`select type, channel, title, text from platform_message_template where tenant_id = ${ctx.tenantId}`.execute(ctx.db())
  const states = await sql<ChannelState & { channel: Channel }>`select channel, adapter, enabled from platform_message_channel where tenant_id = ${ctx.tenantId}`.execute(ctx.db())
  return { rules: rules.rows, templates: templates.rows, channels: new Map(channels.map((channel) => [channel, states.rows.find((row) => row.channel === channel) ?? channelDefault(channel)])) }
}

const typeRank = (rule: Rule, type: string): number => (rule.type === type ? 2 : rule.type === groupOf(type) ? 1 : rule.type === '*' ? 0 : -1)

/** Rules that may hold for a message of this type and level, whoever it goes to. Pure. */
export const rulesFor = (rules: readonly Rule[], message: { type: string; level: MessageLevel }): Rule[] => rules.filter((rule) => typeRank(rule, message.type) >= 0 && rule.levels.includes(message.level))

/** The most specific one for a person: type before group before all; then unit, then role, then the later one. Pure. */
export function ruleFor(rules: readonly Rule[], type: string, person: { roleCodes: readonly string[]; unitIds: readonly string[] }): Rule | null {
  const rank = (rule: Rule): number => typeRank(rule, type) * 4 + (rule.unitId === null ? 0 : 2) + (rule.roleCode === null ? 0 : 1)
  return rules
    .filter((rule) => (rule.unitId === null || person.unitIds.includes(rule.unitId)) && (rule.roleCode === null || person.roleCodes.includes(rule.roleCode)))
    .reduce<Rule | null>((best, rule) => (best === null || rank(rule) >= rank(best) ? rule : best), null)
}
