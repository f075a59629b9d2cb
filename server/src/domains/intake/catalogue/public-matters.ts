// Matters as citizens find them, and what is asked about one.
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { searchTokens } from '../../../kernel/text/index.ts'
import { findMatter, offeredDirectories, offeredMatters, type OfferedMatter } from '../../matters/index.ts'
import { setting } from '../../platform/index.ts'
import { maxQuestions } from '../settings.ts'
import type * as contract from './catalogue-contract.ts'

const view = ({ id, name, path }: OfferedMatter) => ({ id, name, path })

export async function publicDirectories(ctx: Ctx): Promise<Output<typeof contract.publicDirectories>> {
  return { items: await offeredDirectories(ctx) }
}

export async function publicMatters(ctx: Ctx, input: Input<typeof contract.publicMatters>): Promise<Output<typeof contract.publicMatters>> {
  return { items: (await offeredMatters(ctx, input)).map(view) }
}

/** Up to three matters whose names and keywords fit the words of the text best; the citizen confirms or chooses another. */
export async function suggestMatters(ctx: Ctx, input: Input<typeof contract.suggestMatters>): Promise<Output<typeof contract.suggestMatters>> {
  const words = searchTokens(input.text).filter((word) => word.length >= 2).slice(0, 40)
  if (words.length === 0) return { items: [] }
  return { items: (await offeredMatters(ctx, { words, ...(input.appealType ? { appealType: input.appealType } : {}), limit: 3 })).map(view) }
}

const askable = new Set(['text', 'number', 'date', 'choice', 'multiple'] as const)
type Askable = typeof askable extends Set<infer T> ? T : never
const isAskable = (type: string): type is Askable => (askable as Set<string>).has(type)

/** Required elements that no other step asks for: place, person and files have steps of their own. At most ⚙ three. */
export async function publicMatter(ctx: Ctx, input: Input<typeof contract.publicMatter>): Promise<Output<typeof contract.publicMatter>> {
  const matter = await findMatter(ctx, input.id, input.appealType ? { appealType: input.appealType } : {})
  if (!matter || matter.status !== 'effective') throw kernelErrors('notFound')
  const questions = matter.elements.flatMap((e) => {
    if (!e.required || e.masked || e.dependsOn || !isAskable(e.type)) return []
    return [{ code: e.code, name: e.name, ask: e.prompt ?? e.name, type: e.type, options: e.options ?? [], help: e.help ?? null }]
  })
  return { id: matter.id, name: matter.name, path: matter.directoryPath, questions: questions.slice(0, await setting(ctx, maxQuestions)) }
}
