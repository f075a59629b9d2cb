// Knowledge of a demo or test city, by the same use-cases; approved by the system.
import type { Ctx } from '../../kernel/ctx.ts'
import { centreUnit, unitsNamed } from '../platform/index.ts'
import { addDirectory } from './directory/directories.ts'
import { content, type Content } from './content.ts'
import { docOf } from './document.ts'
import { createDraft } from './items/edit-item.ts'
import { lockTicket } from './items/item.queries.ts'
import { publish } from './items/publish.ts'
import { saveSynonym } from './search/synonyms.ts'

export type SeedKnowledge = Pick<Content, 'title' | 'keywords'> & { directory: string; type: string; body: string; ownerUnitCode?: string; summary?: string; wordings?: string[]; fields?: Record<string, string>; basis?: string; contact?: string; audience?: Content['audience']; groups?: Content['groups']; validTo?: string }
export type KnowledgeSeed = { directories: readonly { code: string; name: string; parent?: string }[]; items: readonly SeedKnowledge[]; synonyms?: readonly (readonly string[])[] }

/** Ids of the items by title. */
export async function seedKnowledge(ctx: Ctx, seed: KnowledgeSeed): Promise<Map<string, string>> {
  const directories = new Map<string, string>()
  for (const [at, one] of seed.directories.entries()) directories.set(one.code, (await addDirectory(ctx, { name: one.name, code: one.code, parentId: one.parent ? (directories.get(one.parent) ?? null) : null, sort: at * 10, weight: 100, ownerUnitId: null })).id)
  const centre = await centreUnit(ctx)
  const units = new Map((await unitsNamed(ctx, seed.items.flatMap((one) => one.ownerUnitCode ?? []))).map((unit) => [unit.code, unit.id]))
  const ids = new Map<string, string>()
  for (const { directory, type, body, ownerUnitCode, ...rest } of seed.items) {
    const of = content.parse({ ...rest, typeCode: type, directoryId: directories.get(directory), ownerUnitId: (ownerUnitCode && units.get(ownerUnitCode)) || centre.id, body: docOf(body) })
    const made = await createDraft(ctx, of, { origin: { source: 'seed' } })
    await publish(ctx, await lockTicket(ctx, made.ticketId))
    ids.set(of.title, made.itemId)
  }
  for (const words of seed.synonyms ?? []) await saveSynonym(ctx, { words: [...words], oneWay: false, enabled: true, version: 0 })
  return ids
}
