// Templates that name an indicator, in their figures or in the placeholders of their sentences, for the catalogue.
import type { Ctx } from '../../kernel/ctx.ts'
import type { Place } from '../data/index.ts'
import { sectionKeys, type Template } from './template.ts'
import { allTemplates } from './templates.ts'
import { placeName } from './texts.zh-CN.ts'
import { tokensOf } from './tokens.ts'

const inText = (text: string): string[] => tokensOf(text).flatMap((token) => (token.kind === 'figure' ? [token.code] : []))

function named(one: Template): string[] {
  const blocks = sectionKeys.flatMap((key) => one.sections[key])
  return [...new Set([...inText(one.title), ...blocks.flatMap((b) => (b.kind === 'data' ? b.indicators : b.kind === 'orders' ? [b.indicator] : b.kind === 'text' ? b.sentences.flatMap((s) => [...inText(s.text), ...(s.when ? [s.when.indicator] : [])]) : []))])]
}

export async function templatePlaces(ctx: Ctx): Promise<Place[]> {
  return [...(await allTemplates(ctx)).values()].flatMap((h) => { const one = h.shown ?? h.draft; return one && h.state !== 'withdrawn' ? [{ what: placeName, name: one.name, path: `/analytics/reports/templates/${one.code}`, indicators: named(one) }] : [] })
}
