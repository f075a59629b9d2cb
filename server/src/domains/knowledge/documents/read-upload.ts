import { Readable } from 'node:stream'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { fileContent } from '../../platform/index.ts'
import type * as contract from './document-contract.ts'
import { documentOf } from './read-document.ts'

/** The text of a file for the editor; nothing is stored, a person looks through it first. */
export async function readUpload(ctx: Ctx, input: Input<typeof contract.readDocument>): Promise<Output<typeof contract.readDocument>> {
  authorize(ctx, 'knowledge.edit')
  if ('fileId' in input) {
    const file = await fileContent(ctx, input.fileId)
    return { title: nameOf(file.name), body: await documentOf(file) }
  }
  const bytes = Buffer.from(input.content, 'base64')
  return { title: nameOf(input.name), body: await documentOf({ name: input.name, size: bytes.length, open: async () => Readable.from([bytes]) }) }
}

const nameOf = (name: string): string => name.replace(/\.[^.]+$/, '').slice(0, 120)
