// What goes to the media must not carry anybody's numbers or home with it: text and attachments are read (KNO-35).
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { personalData } from '../../../kernel/text/personal-data.ts'
import { fileContent } from '../../platform/index.ts'
import { plainText } from '../document.ts'
import type { Content } from '../content.ts'
import { readable, textOfFile } from '../documents/read-document.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import type { VersionFile } from '../search/index-files.ts'
import { MATERIAL } from '../types/shipped-types.zh-CN.ts'

const RULE = { rule: 'KNO-35' }

/** @throws knowledge.personalData where the text of material holds any */
export function requireCleanText(of: Content): void {
  if (of.typeCode !== MATERIAL) return
  const kinds = personalData([of.title, of.summary, plainText(of.body), ...Object.values(of.fields)].join('\n'))
  if (kinds.length > 0) throw knowledgeFail('personalData', { ...RULE, params: { kinds: kinds.join('、') }, fields: [{ path: 'body', message: `有${kinds.join('、')}` }] })
}

/** What reading the attachments of material showed; `ids` are the files that were read. */
export type FileCheck = { ids: ReadonlySet<string>; unread: readonly string[] }

/**
 * Reads every attachment whose text can be had, one after the other, outside any transaction: a thick book takes its minute. Asked once, by
 * the person who publishes or sets the time: the files of an approved text stay as they are.
 * @throws knowledge.personalDataInFile
 */
export async function checkFiles(ctx: Ctx, files: readonly VersionFile[]): Promise<FileCheck> {
  const unread: string[] = []
  for (const file of files) {
    const text = readable(file) ? await textOfFile(await fileContent(ctx, file.id)).catch(() => '') : ''
    // A scan has pages and no text: as unread as a picture.
    if (text.trim() === '') unread.push(file.name)
    const kinds = personalData(`${file.name}\n${text}`)
    if (kinds.length > 0) throw knowledgeFail('personalDataInFile', { ...RULE, params: { name: file.name, kinds: kinds.join('、') }, fields: [{ path: 'files', message: `“${file.name}”有${kinds.join('、')}` }] })
  }
  return { ids: new Set(files.map((file) => file.id)), unread }
}

/**
 * Pictures, sound and video cannot be read: whoever publishes says that he looked at them.
 * @throws knowledge.unreadFiles, kernel.conflict where a file came after the reading
 */
export function requireCleanFiles(of: Content, files: readonly VersionFile[], check: FileCheck | null, looked: boolean): void {
  if (of.typeCode !== MATERIAL) return
  if (!check || files.some((file) => !check.ids.has(file.id))) throw kernelErrors('conflict')
  if (check.unread.length > 0 && !looked) throw knowledgeFail('unreadFiles', { ...RULE, params: { names: check.unread.map((name) => `“${name}”`).join('、') }, fields: [{ path: 'looked', message: '请逐个看过、听过后确认' }] })
}
