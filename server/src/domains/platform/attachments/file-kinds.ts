// Which files are taken, and whether a file is what its name says. Pure, apart from the recogniser.
import { fileTypeFromStream } from 'file-type'
import { Readable } from 'node:stream'

export type FileKind = {
  /** Served as. */
  type: string
  /** What the recogniser may say of the content; `text` and `zip` stand for our own checks. */
  content: readonly string[]
  /** Entry that an office archive must hold. */
  part?: string
  video?: true
  /** Taken only at these places. */
  places?: readonly string[]
}

const CFB = 'application/x-cfb'
const ooxml = (name: string): string => `application/vnd.openxmlformats-officedocument.${name}`

/** By extension. What is not here is refused: HTML, SVG, scripts, archives, macros among them. */
const fileKinds: Readonly<Record<string, FileKind>> = {
  jpg: { type: 'image/jpeg', content: ['image/jpeg'] },
  jpeg: { type: 'image/jpeg', content: ['image/jpeg'] },
  png: { type: 'image/png', content: ['image/png', 'image/apng'] },
  gif: { type: 'image/gif', content: ['image/gif'] },
  webp: { type: 'image/webp', content: ['image/webp'] },
  bmp: { type: 'image/bmp', content: ['image/bmp'] },
  heic: { type: 'image/heic', content: ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'] },
  pdf: { type: 'application/pdf', content: ['application/pdf'] },
  ofd: { type: 'application/ofd', content: ['zip'], part: 'OFD.xml' },
  docx: { type: ooxml('wordprocessingml.document'), content: [ooxml('wordprocessingml.document'), 'zip'], part: 'word/document.xml' },
  xlsx: { type: ooxml('spreadsheetml.sheet'), content: [ooxml('spreadsheetml.sheet'), 'zip'], part: 'xl/workbook.xml' },
  pptx: { type: ooxml('presentationml.presentation'), content: [ooxml('presentationml.presentation'), 'zip'], part: 'ppt/presentation.xml' },
  doc: { type: 'application/msword', content: [CFB] },
  xls: { type: 'application/vnd.ms-excel', content: [CFB] },
  ppt: { type: 'application/vnd.ms-powerpoint', content: [CFB] },
  wps: { type: 'application/vnd.ms-works', content: [CFB] },
  et: { type: 'application/vnd.ms-excel', content: [CFB] },
  txt: { type: 'text/plain; charset=utf-8', content: ['text'] },
  csv: { type: 'text/csv; charset=utf-8', content: ['text'] },
  jsonl: { type: 'application/x-ndjson', content: ['text'], places: ['import'] },
  json: { type: 'application/json', content: ['text'], places: ['import'] },
  gz: { type: 'application/gzip', content: ['application/gzip'], places: ['import'] },
  mp3: { type: 'audio/mpeg', content: ['audio/mpeg'] },
  m4a: { type: 'audio/mp4', content: ['audio/x-m4a', 'audio/mp4', 'video/mp4'] },
  wav: { type: 'audio/wav', content: ['audio/wav'] },
  amr: { type: 'audio/amr', content: ['audio/amr'] },
  ogg: { type: 'audio/ogg', content: ['audio/ogg', 'audio/ogg; codecs=opus', 'audio/opus'] },
  aac: { type: 'audio/aac', content: ['audio/aac'] },
  mp4: { type: 'video/mp4', content: ['video/mp4'], video: true },
  mov: { type: 'video/quicktime', content: ['video/quicktime'], video: true },
  webm: { type: 'video/webm', content: ['video/webm', 'audio/webm'], video: true },
  '3gp': { type: 'video/3gpp', content: ['video/3gpp', 'video/mp4'], video: true },
}

/** The kind of file that a name announces, if the place takes it. */
export function kindOf(name: string, place: string): FileKind | null {
  const kind = fileKinds[extensionOf(name)]
  return kind && (!kind.places || kind.places.includes(place)) ? kind : null
}

/** Lower-case extension of a file name without its dot; empty when there is none. */
export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** A name as stored and offered for download: no folders, no control or direction characters, at most 120 characters. */
export function cleanName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const clean = base.replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').trim()
  if (clean.length <= 120) return clean || '附件'
  const extension = extensionOf(clean)
  return `${clean.slice(0, 119 - extension.length)}.${extension}`
}

/** Opens the content, or the part of it between two byte positions (both included). */
export type Opened = { size: number; open: (range?: { start: number; end: number }) => Promise<Readable> }

const TAIL = 65_536

/** Whether the content is of the kind that the extension names. */
export async function isGenuine(kind: FileKind, file: Opened): Promise<boolean> {
  const found = (await recognise(file))?.mime
  if (found === undefined) return kind.content.includes('text') && (await isText(file))
  if (!kind.part) return kind.content.includes(found)
  if (!kind.content.includes(found) && !(found === 'application/zip' && kind.content.includes('zip'))) return false
  // The list of an archive's entries stands at its end. Macros are refused whatever the file calls itself.
  const list = (await read(file, Math.max(0, file.size - TAIL), file.size - 1)).toString('latin1')
  return list.includes(kind.part) && !list.includes('vbaProject.bin')
}

async function recognise(file: Opened): Promise<{ mime: string } | undefined> {
  const content = await file.open()
  try {
    return await fileTypeFromStream(Readable.toWeb(content) as never) // one type of web streams, declared twice (node, dom)
  } finally {
    content.destroy()
  }
}

/** Text has no signature: no NUL and valid UTF-8 (or UTF-16 with its mark, or GB 18030, as older spreadsheets write CSV). */
async function isText(file: Opened): Promise<boolean> {
  const head = await read(file, 0, Math.min(file.size, TAIL) - 1)
  if (head[0] === 0xff && head[1] === 0xfe) return true
  if (head.includes(0) || head.subarray(0, 2).toString('latin1') === '#!') return false
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
      return true
    } catch {
      return false
    }
  })
}

async function read(file: Opened, start: number, end: number): Promise<Buffer> {
  if (end < start) return Buffer.alloc(0)
  const parts: Buffer[] = []
  for await (const part of await file.open({ start, end })) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
