// Sends the sound: to the player in ranges, to the downloader with a mark of who took it and when. Each is logged first.
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyReply } from 'fastify'
import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { storage } from '../../../kernel/files/index.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatFull, MINUTE, plus } from '../../../kernel/time/index.ts'
import { parseRange, setting } from '../../platform/index.ts'
import { batchDownload } from '../settings.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import type { downloadRecordings as batchRoute } from './recording-contract.ts'
import { readRecording, type RecordingRow } from './read-recordings.ts'
import { openSealed, readSeal } from './sealed-content.ts'
import { zipOf } from './zip.ts'

export async function playRecording(ctx: Ctx, input: { id: string }, raw: RawExchange) {
  const row = await readRecording(ctx, input.id, 'telephony.recordings')
  await sendSound(ctx, row, raw)
  return {}
}

/** Ranges of a stored recording; a player asks for many of them, one listening is one entry. */
export async function sendSound(ctx: Ctx, row: RecordingRow, { request, reply }: RawExchange): Promise<void> {
  const size = requireStored(row)
  await log(ctx, row, 'play')
  const range = parseRange(request.headers.range, size)
  void reply.headers({ 'content-type': 'audio/wav', 'accept-ranges': 'bytes', 'content-disposition': 'inline', 'content-security-policy': "default-src 'none'; media-src 'self'; sandbox" })
  if (range === 'unsatisfiable') {
    await reply.code(416).header('content-range', `bytes */${size}`).send('')
    return
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
  await reply.header('content-length', end - start + 1).send(await clear(ctx, row, start, end))
}

export async function downloadRecording(ctx: Ctx, input: { id: string }, { reply }: RawExchange) {
  const row = await readRecording(ctx, input.id, 'telephony.download')
  const { name, bytes } = await marked(ctx, row)
  await send(reply, name, 'audio/wav', Readable.from([bytes]), bytes.length)
  return {}
}

export async function downloadRecordings(ctx: Ctx, input: Input<typeof batchRoute>, { reply }: RawExchange) {
  const max = await setting(ctx, batchDownload)
  if (input.ids.length > max) throw telephonyFail('tooManyRecordings', { rule: batchDownload.key, params: { max } })
  const files: { name: string; bytes: Buffer }[] = []
  for (const id of new Set(input.ids)) files.push(await marked(ctx, await readRecording(ctx, id, 'telephony.download')))
  const archive = zipOf(files)
  await send(reply, `录音_${files.length}条.zip`, 'application/zip', Readable.from([archive]), archive.length)
  return {}
}

async function send(reply: FastifyReply, name: string, type: string, content: Readable, length: number): Promise<void> {
  await reply.headers({ 'content-type': type, 'content-length': length, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }).send(content.pipe(new PassThrough()))
}

function requireStored(row: RecordingRow): number {
  if (row.state === 'deleted') throw telephonyFail('recordingGone')
  if (row.state !== 'stored' || row.size === null || row.storage_key === null || row.seal === null) throw telephonyFail('recordingNotReady')
  return row.size
}

/** An entry for a listening that another room sends. */
export const logPlay = (ctx: Ctx, row: RecordingRow): Promise<void> => log(ctx, row, 'play')

/** The clear sound of a stored recording, whole; who asks is the product itself. */
export const soundOf = (ctx: Ctx, row: RecordingRow): Promise<Readable> => clear(ctx, row, 0, requireStored(row) - 1)

async function clear(ctx: Ctx, row: RecordingRow, start: number, end: number): Promise<Readable> {
  const port = storage.port
  if (!port) throw new Error('no storage: app.ts sets it at boot')
  return openSealed(readSeal(ctx.keys, row.seal ?? ''), (range) => port.get(row.storage_key ?? '', range), start, end)
}

/** The whole file with an INFO chunk that says who took it, and a name that says the same. */
async function marked(ctx: Ctx, row: RecordingRow): Promise<{ name: string; bytes: Buffer }> {
  const size = requireStored(row)
  const sound = await buffer(await clear(ctx, row, 0, size - 1))
  const at = formatFull(ctx.clock.now())
  const mark = `${ctx.actor.name} ${userId(ctx)} ${at} ${row.id}`
  await log(ctx, row, 'download', mark)
  const text = Buffer.from(`${mark}\0`, 'utf8')
  const padded = text.length % 2 === 0 ? text : Buffer.concat([text, Buffer.alloc(1)])
  const head = Buffer.alloc(20)
  head.write('LIST', 0, 'latin1')
  head.writeUInt32LE(4 + 8 + padded.length, 4)
  head.write('INFOICMT', 8, 'latin1')
  head.writeUInt32LE(text.length, 16)
  const bytes = Buffer.concat([sound, ...(sound.length % 2 === 0 ? [] : [Buffer.alloc(1)]), head, padded])
  bytes.writeUInt32LE(bytes.length - 8, 4)
  return { name: `录音_${formatFull(row.call_at).replaceAll(/[^\d]/g, '').slice(0, 14)}_${ctx.actor.name}_${row.id.slice(-6)}.wav`, bytes }
}

/** Kept at once, on its own: a sound is minutes long, and no transaction waits for it. */
const apart = (ctx: Ctx) => ctx.apart<TelephonyTables>('the entry stands before the sound is sent, whatever becomes of the sending')

/** A listening that goes on within ten minutes is the same one. */
async function log(ctx: Ctx, row: RecordingRow, action: 'play' | 'download', mark: string | null = null): Promise<void> {
  const me = userId(ctx)
  if (action === 'play') {
    const recent = await apart(ctx).selectFrom('telephony_recording_access').select('id').where('tenant_id', '=', row.tenant_id).where('recording_id', '=', row.id).where('user_id', '=', me).where('action', '=', 'play').where('at', '>', ts(plus(ctx.clock.now(), -10 * MINUTE))).executeTakeFirst()
    if (recent) return
  }
  await apart(ctx).insertInto('telephony_recording_access').values({ tenant_id: row.tenant_id, id: newId(), recording_id: row.id, call_id: row.call_id, at: ts(ctx.clock.now()), user_id: me, user_name: ctx.actor.name, action, mark }).execute()
  ctx.audit({ module: 'telephony', act: action === 'play' ? 'playRecording' : 'downloadRecording', objectType: 'recording', objectId: row.id })
}
