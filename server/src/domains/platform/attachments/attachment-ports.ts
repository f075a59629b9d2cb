import type { Readable } from 'node:stream'
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

export type FileObject = { objectType: string; objectId: string; audience: 'staff' | 'public'; place: string }

/**
 * Who may open a file: the domain that owns the object answers true or false, null where the object is not its own. Asked only for
 * files of the own tenant and those below; a file opens when one domain says yes.
 */
export const fileAccess = definePort<(ctx: Ctx, object: FileObject) => Promise<boolean | null>>('platform.fileAccess')

/** Whether the uploader may still take a file off its object; null where the object is not its own. No answer: he may. */
export const fileRemovable = definePort<(ctx: Ctx, object: FileObject) => Promise<boolean | null>>('platform.fileRemovable')

export type ScannedFile = { name: string; type: string; size: number; open: () => Promise<Readable> }

/** A site's virus scanner: null for clean, else the name of what was found. Runs before the file can be used. */
export const virusScan = definePort<(file: ScannedFile) => Promise<string | null>>('platform.virusScan', async () => null)
