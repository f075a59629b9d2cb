// This deployment as a CAS server (protocol 3.0): a ticket for the registered address, asked for once; the end of a session told in the words of CAS (PLA-10).
import { sql } from 'kysely'
import { hashToken, keyedHash } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { admitted } from './admission.ts'
import { applicationErrors } from './application.errors.ts'
import type * as contract from './contract.ts'
import { noteEntry } from './single-sign-on.ts'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Made from the entry and this site's key, so that the end of the session can name it again though only its hash is kept. */
const ticketOf = (ctx: Ctx, entryId: string): string => `ST-${entryId}-${keyedHash(ctx.keys, 'casTicket', entryId)}`

/** Signed in so lately that it was for this entry. */
const FRESH_MINUTES = 2

/**
 * Browsers of CAS clients come here; the page asks for the ticket with the person's own session. `gateway`: who is not signed in goes back
 * without a ticket and without being asked, to a registered address only. `renew` is stronger, as in the protocol.
 */
export async function casLogin(ctx: Ctx, input: Input<typeof contract.casLogin>, raw: RawExchange): Promise<void> {
  if (input.gateway && !input.renew && ctx.actor.kind !== 'user') {
    const { rows } = await sql<{ address: string }>`select address from platform_application where address = ${input.service} and state = 'running' limit 1`.execute(ctx.acrossTenants('nobody is signed in: any registered address'))
    if (rows[0]) return void raw.reply.redirect(rows[0].address, 302)
  }
  void raw.reply.redirect(`/cas/login?service=${encodeURIComponent(input.service)}${input.renew ? '&renew=true' : ''}`, 302)
}

/** CAS has no client secret: what protects the ticket is that it goes to the registered address only, for a minute, once. */
export async function grantCasTicket(ctx: Ctx, input: Input<typeof contract.grantCasTicket>): Promise<{ url: string }> {
  const application = await ctx.db<PlatformTables>().selectFrom('platform_application').selectAll().where('tenant_id', '=', ctx.tenantId).where('address', '=', input.service).orderBy('code').executeTakeFirst()
  if (!application) throw kernelErrors('notFound')
  await admitted(ctx, application)
  if (input.renew) {
    const { rows } = await sql`select 1 from kernel_session where token_hash = ${ctx.actor.sessionId ?? ''} and created_at > ${toIso(plus(ctx.clock.now(), -FRESH_MINUTES * MINUTE))}`.execute(ctx.acrossTenants('a session is found by its token'))
    if (rows.length === 0) throw applicationErrors('applicationSignInAgain', { params: { name: application.name } })
  }
  const id = await noteEntry(ctx, application.id)
  const ticket = ticketOf(ctx, id)
  await ctx.db<PlatformTables>().updateTable('platform_application_entry').set({ code_hash: hashToken(ticket), code_until: ts(plus(ctx.clock.now(), MINUTE)), redirect_uri: input.service }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  const url = new URL(input.service)
  url.searchParams.set('ticket', ticket)
  return { url: url.toString() }
}

type Found = { tenant_id: string; id: string; name: string; login: string; staff_no: string; user_name: string; unit: string | null }

export async function validateCasTicket(ctx: Ctx, input: Input<typeof contract.validateCasTicket>, raw: RawExchange): Promise<void> {
  const db = ctx.acrossTenants('a ticket is found by itself')
  const now = toIso(ctx.clock.now())
  // An authorization code has a challenge; a ticket has none and is no code.
  const { rows } = await sql<Found>`update platform_application_entry e set code_hash = null, code_until = null from platform_application a, platform_user u left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id
    where e.code_hash = ${hashToken(input.ticket)} and e.challenge is null and e.redirect_uri = ${input.service} and e.code_until > ${now} and e.ended_at is null
      and (not ${input.renew} or exists (select 1 from kernel_session s where s.token_hash = e.session_hash and s.created_at > e.at - make_interval(mins => ${FRESH_MINUTES}))) and a.tenant_id = e.tenant_id and a.id = e.application_id and a.state = 'running' and u.tenant_id = e.tenant_id and u.id = e.user_id and u.state = 'active'
    returning e.tenant_id, e.id, a.name, u.login, u.staff_no, u.name as user_name, n.name as unit`.execute(db)
  const found = rows[0]
  if (found) ctx.audit({ module: 'login', act: 'validateCasTicket', actor: { id: null, name: found.name }, tenantId: found.tenant_id, text: found.user_name })
  const attribute = (name: string, value: string | null) => (value ? `<cas:${name}>${escaped(value)}</cas:${name}>` : '')
  const body = found
    ? `<cas:authenticationSuccess><cas:user>${escaped(found.login)}</cas:user><cas:attributes>${attribute('name', found.user_name)}${attribute('staffNo', found.staff_no)}${attribute('unit', found.unit)}</cas:attributes></cas:authenticationSuccess>`
    : '<cas:authenticationFailure code="INVALID_TICKET">ticket not recognised</cas:authenticationFailure>'
  void raw.reply.type('application/xml; charset=utf-8').send(`<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">${body}</cas:serviceResponse>`)
}

/** The logout request of CAS single logout, as the form that its clients read. */
export function casLogout(ctx: Ctx, entry: { id: string; login: string }): string {
  const request = `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${entry.id}" Version="2.0" IssueInstant="${toIso(ctx.clock.now())}"><saml:NameID>${escaped(entry.login)}</saml:NameID><samlp:SessionIndex>${ticketOf(ctx, entry.id)}</samlp:SessionIndex></samlp:LogoutRequest>`
  return new URLSearchParams({ logoutRequest: request }).toString()
}
